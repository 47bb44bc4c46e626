package io.plumbline.benchmarks.corpus;

import io.plumbline.benchmarks.inside.ClassFacts;
import java.util.ArrayList;
import java.util.List;

/** The probes that are set, as the wire has them. */
final class Probes {
    private Probes() {}

    /** A snapshot: the action that reads every variable in scope. */
    static String at(int number, String location) {
        return "{\"id\": \"probe-" + number + "\", \"at\": \"" + location + "\", \"snapshot\": true}";
    }

    /** Moments of methods that must be found: every beginning, return and exception exit. */
    static List<String> certain(ClassFacts facts) {
        List<String> locations = new ArrayList<>();
        for (String method : facts.methods()) {
            locations.add(facts.name() + "#" + method);
            locations.add(facts.name() + "#" + method + ":exception");
        }
        facts.returning().forEach(method -> locations.add(facts.name() + "#" + method + ":exit"));
        return locations;
    }

    /** What a class may have or not. */
    static List<String> possible(ClassFacts facts) {
        return List.of(facts.name() + ":throw", facts.name() + ":catch");
    }
}
