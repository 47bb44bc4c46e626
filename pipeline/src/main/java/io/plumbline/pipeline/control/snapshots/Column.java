package io.plumbline.pipeline.control.snapshots;

import io.plumbline.config.text.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The values at one path in two sets of snapshots. */
final class Column {
    /** Stands for a value where a snapshot has none. */
    static final Object ABSENT = new Object() {
        @Override
        public String toString() {
            return "(absent)";
        }
    };

    private static final int MAX_SHOWN = 8;
    private static final Comparator<Question> BETTER =
            Comparator.comparingDouble(Question::score).thenComparing(question -> !question.isThreshold());

    private final String path;
    private final List<Object> left;
    private final List<Object> right;

    Column(String path, List<Object> left, List<Object> right) {
        this.path = path;
        this.left = left;
        this.right = right;
    }

    /** The best question; empty where all have one value. */
    Optional<Question> best() {
        List<Question> questions = new ArrayList<>();
        Set<Object> values = new LinkedHashSet<>(left);
        values.addAll(right);
        if (values.size() < 2) {
            return Optional.empty();
        }
        values.forEach(value -> questions.add(ask(rule(value), false, each -> Objects.equals(each, value))));
        List<Double> numbers = values.stream()
                .filter(Number.class::isInstance)
                .map(each -> ((Number) each).doubleValue())
                .filter(Double::isFinite)
                .sorted()
                .distinct()
                .toList();
        for (int i = 1; i < numbers.size(); i++) {
            double limit = numbers.get(i);
            questions.add(ask(
                    path + " >= " + plain(limit),
                    true,
                    each -> each instanceof Number number && number.doubleValue() >= limit));
        }
        return questions.stream().max(BETTER);
    }

    private Question ask(String rule, boolean isThreshold, Predicate<Object> holds) {
        long leftHits = left.stream().filter(holds).count();
        long rightHits = right.stream().filter(holds).count();
        return new Question(path, rule, isThreshold, Information.gain(leftHits, left.size(), rightHits, right.size()));
    }

    private String rule(Object value) {
        return value == ABSENT ? path + " is absent" : path + " == " + Json.write(value);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** The most frequent values with how often they occur, and what is left of the others. */
    static List<Map<String, Object>> distribution(List<Object> values) {
        Map<Value, Long> counts = new LinkedHashMap<>();
        values.forEach(value -> counts.merge(new Value(value), 1L, Long::sum));
        List<Map.Entry<Value, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<Value, Long>comparingByValue().reversed());
        List<Map<String, Object>> shown = new ArrayList<>();
        sorted.stream().limit(MAX_SHOWN).forEach(each -> shown.add(each.getKey().form(each.getValue())));
        long rest =
                sorted.stream().skip(MAX_SHOWN).mapToLong(Map.Entry::getValue).sum();
        if (rest > 0) {
            Map<String, Object> others = new LinkedHashMap<>();
            others.put("others", sorted.size() - MAX_SHOWN);
            others.put("count", rest);
            shown.add(others);
        }
        return shown;
    }

    /** A value as a key, null too. */
    private record Value(Object value) {
        Map<String, Object> form(long count) {
            Map<String, Object> form = new LinkedHashMap<>();
            if (value == ABSENT) {
                form.put("absent", true);
            } else {
                form.put("value", value);
            }
            form.put("count", count);
            return form;
        }
    }
}
