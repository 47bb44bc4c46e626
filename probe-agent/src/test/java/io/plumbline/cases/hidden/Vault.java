package io.plumbline.cases.hidden;

/** Has what classes of another package may not name. */
public class Vault {
    private final Box[] boxes = {new Box(1), new Box(2)};
    private final Box first = boxes[0];

    private static final class Box {
        private final int number;

        Box(int number) {
            this.number = number;
        }
    }

    /** Keeps the compiler from taking the fields for unused. */
    public int sum() {
        return boxes[0].number + first.number;
    }
}
