package io.plumbline.exporters.datadog;

import io.plumbline.exporters.signal.Signal;

/** Turns signals of one kind into entries of a JSON array. Belongs to the host's thread. */
interface Entries {

    /** A request begins; what was put into one that did not arrive is forgotten. */
    void begin();

    /**
     * The signal's entries, separated by commas; nothing if there is nothing to tell about it.
     *
     * @throws UnfitException if Datadog will never take it
     */
    byte[] write(Signal signal) throws UnfitException;

    /** What was written last is in the request. */
    void keep();

    /** The request is with Datadog. */
    void commit();
}
