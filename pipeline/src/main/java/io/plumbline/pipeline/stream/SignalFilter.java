package io.plumbline.pipeline.stream;

import io.plumbline.config.text.Glob;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which signals an instance is given: settings {@code NAME.only.probes}, {@code NAME.only.services} and {@code
 * NAME.only.kinds}. All that are set must fit; what is not set fits all. The others are passed over and counted.
 *
 * <p>Threads: any.
 *
 * @param probes ids with {@code *}; a signal of no probe has the id ""
 * @param services names with {@code *}
 */
record SignalFilter(List<String> probes, List<String> services, Set<Kind> kinds) {
    /** Gives all. */
    static final SignalFilter ALL = new SignalFilter(List.of("*"), List.of("*"), Set.of(Kind.values()));

    /** As people tell signals apart: records of logs, snapshots and exceptions are all log records on the wire. */
    enum Kind {
        LOG(SignalKind.LOG),
        SNAPSHOT(SignalKind.LOG),
        EXCEPTION(SignalKind.LOG),
        METRIC(SignalKind.METRIC),
        SPAN(SignalKind.SPAN);

        private final SignalKind wire;

        Kind(SignalKind wire) {
            this.wire = wire;
        }

        static Kind of(Signal signal) {
            return switch (signal.kind()) {
                case METRIC -> METRIC;
                case SPAN -> SPAN;
                case LOG ->
                    switch (((LogSignal) signal).eventName()) {
                        case SignalAttributes.EVENT_SNAPSHOT -> SNAPSHOT;
                        case SignalAttributes.EVENT_EXCEPTION -> EXCEPTION;
                        default -> LOG;
                    };
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    SignalFilter {
        probes = List.copyOf(probes);
        services = List.copyOf(services);
        kinds = Set.copyOf(kinds);
    }

    /**
     * Reads an instance's settings.
     *
     * @param takes the kinds that its exporter takes
     * @throws SettingsException for a value that does not fit
     */
    static SignalFilter of(ExporterSettings settings, Set<SignalKind> takes) {
        return new SignalFilter(
                words(settings, "only.probes"), words(settings, "only.services"), kinds(settings, takes));
    }

    boolean gives(Signal signal) {
        return kinds.contains(Kind.of(signal))
                && fits(probes, signal.probeId())
                && fits(services, signal.resource().service());
    }

    private static boolean fits(List<String> patterns, String value) {
        return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, value));
    }

    private static List<String> words(ExporterSettings settings, String key) {
        String given = settings.text(key, "*");
        List<String> words =
                Arrays.stream(given.split(",", -1)).map(String::strip).toList();
        if (words.contains("")) {
            throw settings.wrong(key, given, "must be names separated by commas, * standing for any text");
        }
        return words;
    }

    private static Set<Kind> kinds(ExporterSettings settings, Set<SignalKind> takes) {
        List<Kind> possible = Arrays.stream(Kind.values())
                .filter(kind -> takes.contains(kind.wire))
                .toList();
        if (settings.text("only.kinds").isEmpty()) {
            return Set.copyOf(possible);
        }
        String choice = possible.stream().map(Kind::word).collect(Collectors.joining(", "));
        return words(settings, "only.kinds").stream()
                .map(word -> possible.stream()
                        .filter(kind -> kind.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> settings.wrong(
                                "only.kinds", word, "must be of the kinds that this exporter takes, " + choice)))
                .collect(Collectors.toSet());
    }
}
