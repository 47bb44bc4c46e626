package io.plumbline.pipeline.stream;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Optional;
import java.util.Set;

/**
 * What stands between the topics and an instance of an exporter: which signals it is given. The same settings for every
 * exporter, read by the host.
 *
 * <p>Threads: any.
 */
public final class Routing {
    private final SignalFilter filter;

    private Routing(SignalFilter filter) {
        this.filter = filter;
    }

    /** Gives everything, as it is. */
    public static Routing everything() {
        return new Routing(SignalFilter.ALL);
    }

    /**
     * Reads an instance's settings {@code only.*}; afterwards they count as known, so that the exporter does not refuse
     * them.
     *
     * @param takes the kinds that its exporter takes
     * @throws io.plumbline.exporters.SettingsException for a value that does not fit
     */
    public static Routing of(ExporterSettings settings, Set<SignalKind> takes) {
        return new Routing(SignalFilter.of(settings, takes));
    }

    /** The signal as the exporter is to see it; empty if it is passed over. */
    Optional<Signal> route(Signal signal) {
        return filter.gives(signal) ? Optional.of(signal) : Optional.empty();
    }
}
