package io.plumbline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the probes that stay say of themselves during a soak: a line whenever one has sampled or lost something more. */
final class SoakReports {
    private final SoakProbes probes;
    private final Map<String, String> last = new LinkedHashMap<>();
    private final Map<String, Long> sampledNow = new HashMap<>();
    private final Map<String, Long> sampledOut = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    SoakReports(SoakProbes probes) {
        this.probes = probes;
    }

    void take(int second) throws Exception {
        for (String id : SoakProbes.THOSE_THAT_STAY) {
            for (JsonNode report : probes.reports(id)) {
                String said = said(report);
                count(id, report.path("cost").path("sampledOut").asLong());
                String who = id + " at " + report.path("instance").asText();
                if (!said.equals(last.put(who, said)) && !said.isEmpty()) {
                    lines.add(String.format(Locale.ROOT, "%d:%02d %s: %s", second / 60, second % 60, who, said));
                }
            }
        }
        String lost = lost();
        if (!lost.equals(last.put("", lost)) && !lost.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "%d:%02d %s", second / 60, second % 60, lost));
        }
    }

    /** A new version of a probe begins at nothing. */
    private void count(String id, long now) {
        long before = sampledNow.getOrDefault(id, 0L);
        sampledNow.put(id, now);
        sampledOut.merge(id, now >= before ? now - before : now, Long::sum);
    }

    /** Hits of a probe that were sampled out, of all its versions, as far as it was looked at. */
    long sampledOut(String id) {
        return sampledOut.getOrDefault(id, 0L);
    }

    private static String said(JsonNode report) {
        List<String> said = new ArrayList<>();
        String state = report.path("state").asText();
        if (!state.equals("emitting") && !state.equals("installed")) {
            said.add(state + " " + report.path("reason").asText());
        }
        JsonNode cost = report.path("cost");
        Stream.of("sampledOut", "estimated")
                .filter(key -> cost.path(key).asLong() > 0)
                .forEach(key -> said.add(key + " " + cost.path(key).asLong()));
        if (!report.path("dropped").isEmpty()) {
            said.add("dropped " + report.path("dropped"));
        }
        return String.join(", ", said);
    }

    private String lost() throws Exception {
        return probes.scraped()
                .lines()
                .filter(line -> line.matches("plumbline_(pairing_lost|span_unclosed)\\S* .*") && line.contains("soak-"))
                .filter(line -> !line.contains("not-led-to")) // the second charges of the demo's bug
                .map(line -> line.replaceAll("(\\} \\S+).*", "$1"))
                .sorted()
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }

    List<String> lines() {
        return lines;
    }
}
