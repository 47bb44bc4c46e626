package io.plumbline.pipeline.stream;

import io.plumbline.config.probe.Recipients;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands between the topics and an instance of an exporter: which signals it is given, by its own settings and by
 * what their probe says ({@code to}), and what of them it may not see. The same settings for every exporter, read by the host.
 *
 * <p>Threads: any.
 */
public final class Routing {
    private final String instance;
    private final SignalFilter filter;
    private final Optional<SignalRedaction> redaction;

    private Routing(String instance, SignalFilter filter, Optional<SignalRedaction> redaction) {
        this.instance = instance;
        this.filter = filter;
        this.redaction = redaction;
    }

    /** Gives everything that is not for others. */
    public static Routing everything(String instance) {
        return new Routing(instance, SignalFilter.ALL, Optional.empty());
    }

    /**
     * Reads an instance's settings {@code only.*} and {@code redaction.*}; afterwards they count as known, so that the exporter does not refuse
     * them.
     *
     * @param takes the kinds that its exporter takes
     * @throws io.plumbline.exporters.SettingsException for a value that does not fit
     */
    public static Routing of(ExporterSettings settings, Set<SignalKind> takes) {
        return new Routing(settings.instance(), SignalFilter.of(settings, takes), SignalRedaction.of(settings));
    }

    /** The signal as the exporter is to see it; empty if it is passed over. */
    Optional<Signal> route(Signal signal) {
        Object to = signal.attributes().get(SignalAttributes.TO);
        if (!filter.gives(signal) || (to != null && !Recipients.means(to.toString(), instance))) {
            return Optional.empty();
        }
        Signal ours = to == null ? signal : signal.mapAttributes(Routing::withoutTo);
        return redaction.isPresent() ? redaction.get().redact(ours) : Optional.of(ours);
    }

    /** It is meant for us; as a label of metrics it would begin series anew when somebody changes it. */
    private static Map<String, Object> withoutTo(Map<String, Object> attributes) {
        Map<String, Object> without = new LinkedHashMap<>(attributes);
        without.remove(SignalAttributes.TO);
        return without;
    }
}
