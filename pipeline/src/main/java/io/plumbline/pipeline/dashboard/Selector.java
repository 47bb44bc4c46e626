package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Probe;
import java.util.List;
import java.util.stream.Collectors;

/** Which series are meant, in PromQL. */
final class Selector {
    static final String INTERVAL = "[$__rate_interval]";

    private Selector() {}

    /** Of one probe, in the chosen services. */
    static String of(Probe probe) {
        return "probe=\"" + probe.id() + "\",service=~\"$service\"";
    }

    /** Of one probe's spans, which are paired elsewhere than they are hit. */
    static String ofSpans(Probe probe) {
        return "probe=\"" + probe.id() + "\"";
    }

    /** An id has of the signs that mean something in a regular expression the dot alone. */
    static String ofProbes(List<Probe> probes) {
        return "probe=~\""
                + probes.stream().map(probe -> probe.id().replace(".", "\\\\.")).collect(Collectors.joining("|"))
                + "\"";
    }
}
