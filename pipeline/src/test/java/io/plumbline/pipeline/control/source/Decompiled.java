package io.plumbline.pipeline.control.source;

/** A class to be decompiled; a test knows its lines. */
final class Decompiled {
    private static int count;

    int twice(int number) {
        int result = number * 2;
        count += result;
        return result;
    }

    static final class Inner {
        String name(String given) {
            if (given.isEmpty()) {
                return "nobody";
            }
            return given.trim();
        }
    }

    int last() {
        return count;
    }
}
