package io.plumbline.exporters;

import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;

/**
 * Makes the exporters of one backend. Found by {@link java.util.ServiceLoader}, so an implementation is public and has
 * a public constructor without parameters.
 *
 * <p>Constructing a factory does no I/O and starts nothing: all factories on the class path are constructed, also
 * those that nobody has set up. Factories hold no state and may be used by several threads.
 */
public interface ExporterFactory {

    /**
     * The word that people write in settings: lower-case letters, digits and '-'. Also the prefix of its settings' keys,
     * unless people give an instance another name.
     */
    String name();

    /** The kinds of signals that the exporter is given; the host keeps all others from it. */
    Set<SignalKind> takes();

    /** How large a batch may be. */
    BatchLimits limits();

    /**
     * How many calls of {@link Exporter#export} may be under way at once, at most; the host finds out how many the backend bears. With
     * one, which is the default, signals come in the order in which they were sent; with more they do not.
     */
    default int concurrency() {
        return 1;
    }

    /**
     * Makes an exporter; several times where people want several instances. Keys that begin with {@code only.} and {@code
     * redaction.} are the host's. Checks every setting, and may open what is local (a port to listen on), but does not speak to
     * the backend: that begins with the first batch, so that a backend's outage does not stop the host's start.
     *
     * @throws SettingsException if a setting is missing, wrong or unknown
     */
    Exporter create(ExporterSettings settings);
}
