package io.plumbline.benchmarks.inside;

/** The main class of a JVM whose work is done before it. */
public final class Nothing {

    private Nothing() {}

    /** Does nothing. */
    public static void main(String[] arguments) {}
}
