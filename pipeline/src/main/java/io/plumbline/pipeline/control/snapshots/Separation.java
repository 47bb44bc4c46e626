package io.plumbline.pipeline.control.snapshots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values tell two sets of snapshots apart, such as failing ones and good ones: for each path the best question with two answers, and how much of what set a
 * snapshot is in it answers.
 *
 * <p>The bargain: a question is about one value, and has two answers. One with as many answers as there are values would make every id a perfect cause.
 */
final class Separation {
    static final int MAX_PATHS = 50;

    private static final double MIN_SCORE = 0.01;
    private static final Comparator<Question> BEST_FIRST = Comparator.comparingDouble(Question::score)
            .reversed()
            .thenComparing(Question::isThreshold)
            .thenComparing(question -> question.path().length());

    private final List<Map<String, Object>> left;
    private final List<Map<String, Object>> right;

    /** Two sets of {@link Leaves}, neither empty. */
    Separation(List<Map<String, Object>> left, List<Map<String, Object>> right) {
        this.left = List.copyOf(left);
        this.right = List.copyOf(right);
    }

    /** The best first; each scores from 0, which is nothing, to 1, which is all. */
    List<Map<String, Object>> best() {
        Set<String> paths = new LinkedHashSet<>();
        left.forEach(each -> paths.addAll(each.keySet()));
        right.forEach(each -> paths.addAll(each.keySet()));
        List<Question> questions = new ArrayList<>();
        for (String path : paths) {
            Column column = new Column(path, values(left, path), values(right, path));
            column.best().filter(question -> question.score() >= MIN_SCORE).ifPresent(questions::add);
        }
        return questions.stream()
                .sorted(BEST_FIRST)
                .limit(MAX_PATHS)
                .map(this::form)
                .toList();
    }

    private Map<String, Object> form(Question question) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", question.path());
        map.put("score", Math.round(question.score() * 1_000) / 1_000.0);
        map.put("rule", question.rule());
        map.put("left", Column.distribution(values(left, question.path())));
        map.put("right", Column.distribution(values(right, question.path())));
        return map;
    }

    private static List<Object> values(List<Map<String, Object>> leaves, String path) {
        List<Object> values = new ArrayList<>();
        leaves.forEach(each -> values.add(each.containsKey(path) ? each.get(path) : Column.ABSENT));
        return values;
    }
}
