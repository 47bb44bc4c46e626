package io.plumbline.pipeline.control.dryrun;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds, in what a dry run said, an instance where each place of a probe is. */
final class FirstFit {
    private FirstFit() {}

    /** The first that would have the probe there, by point. */
    static Map<String, String> by(Map<String, Object> trial) {
        Map<String, String> instances = new TreeMap<>();
        for (Object each : (List<?>) trial.get("answers")) {
            Map<?, ?> answer = (Map<?, ?>) each;
            for (Object part : (List<?>) answer.get("parts")) {
                Map<?, ?> place = (Map<?, ?>) part;
                if ("installed".equals(place.get("state"))) {
                    instances.putIfAbsent(
                            place.get("point").toString(),
                            answer.get("instance").toString());
                }
            }
        }
        return instances;
    }
}
