package io.plumbline.cases;

/** A file with two classes at its top level. */
public class Secondary {
    public int first() {
        return new SecondInFile().second();
    }
}

class SecondInFile {
    int second() {
        return 2; // @second
    }
}
