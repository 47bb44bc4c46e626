package io.plumbline.benchmarks.corpus;

/** The probes that are set, as the wire has them. */
final class Probes {

    private Probes() {}

    /** A log record with the thread's name. */
    static String atLine(int number, String className, int line) {
        return "{\"id\": \"line-" + number + "\", \"at\": \"" + className + ":" + line
                + "\", \"log\": [{\"template\": \"{$thread}\"}]}";
    }
}
