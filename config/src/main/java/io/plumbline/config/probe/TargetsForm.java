package io.plumbline.config.probe;

import static io.plumbline.config.probe.ActionReader.checked;

import io.plumbline.config.text.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes targets: the key {@code on} of a probe, and {@code key=value} of a command line, where a comma stands
 * between several values. {@code percent} and {@code one-per} are no labels.
 */
public final class TargetsForm {
    static final String KEY = "on";
    static final String PERCENT = "percent";
    static final String ONE_PER = "one-per";
    private static final String SERVICE = "service";

    private TargetsForm() {}

    static Targets read(Fields probe) {
        if (!probe.has(KEY)) {
            return Targets.ALL;
        }
        Fields fields = Fields.free(probe.node(KEY).orElseThrow(), "'on'");
        Map<String, List<String>> labels = new LinkedHashMap<>();
        fields.entries().keySet().forEach(name -> labels.put(name, fields.textList(name)));
        List<String> percent = labels.remove(PERCENT) == null ? List.of() : one(fields, PERCENT);
        List<String> onePer = labels.remove(ONE_PER) == null ? List.of() : one(fields, ONE_PER);
        double share = percent.isEmpty()
                ? Targets.EVERYBODY
                : checked(fields.placeOf(PERCENT), () -> Percent.parse(percent.get(0), Targets.EVERYBODY));
        boolean isOne = !onePer.isEmpty() && checked(fields.placeOf(ONE_PER), () -> isService(onePer.get(0)));
        return checked(fields.place(), () -> new Targets(labels, share, isOne));
    }

    private static List<String> one(Fields fields, String key) {
        return fields.text(key).map(List::of).orElse(List.of());
    }

    /**
     * Reads what a command line has: {@code environment=staging,qa}, {@code percent=10%}.
     *
     * @throws IllegalArgumentException when it can't be read
     */
    public static Targets parse(Map<String, String> texts) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        texts.forEach((name, value) -> labels.put(name, values(value)));
        labels.remove(PERCENT);
        labels.remove(ONE_PER);
        double share =
                texts.containsKey(PERCENT) ? Percent.parse(texts.get(PERCENT), Targets.EVERYBODY) : Targets.EVERYBODY;
        return new Targets(labels, share, texts.containsKey(ONE_PER) && isService(texts.get(ONE_PER)));
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        for (String value : text.split(",")) {
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        return values;
    }

    private static boolean isService(String what) {
        if (!what.equals(SERVICE)) {
            throw new IllegalArgumentException(
                    "'one-per' is service: one running instance of each service is chosen: " + what);
        }
        return true;
    }

    /** As a definition has them; labels in their order, a single value as a text. */
    public static Map<String, Object> map(Targets targets) {
        Map<String, Object> map = new LinkedHashMap<>();
        new TreeMap<>(targets.labels())
                .forEach((name, values) -> map.put(name, values.size() == 1 ? values.get(0) : values));
        if (targets.percent() < Targets.EVERYBODY) {
            map.put(PERCENT, Percent.format(targets.percent()));
        }
        if (targets.onePerService()) {
            map.put(ONE_PER, SERVICE);
        }
        return map;
    }
}
