package io.plumbline.agent.capture.beside;

/** A metric that stands in a registry of the program's own. One thread. */
interface Registration {

    /** Takes in series that are new, and values where the registry wants each. Several times a second. */
    void refresh() throws RefusedException;

    /** Takes out what it put in, and nothing else. */
    void close() throws RefusedException;

    /** The library's class that it was found by. */
    Class<?> entrance();

    /** Values that the registry did not get, as too many came. */
    default long lost() {
        return 0;
    }
}
