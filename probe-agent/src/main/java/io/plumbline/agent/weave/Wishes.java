package io.plumbline.agent.weave;

import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is to be woven into one class, as its methods ask for it. */
final class Wishes {
    private final Map<Line, List<Wish>> byLine = new HashMap<>();
    private final List<Wish> others = new ArrayList<>();
    private final Set<String> leftOut;

    private record Line(String file, int number) {}

    private Wishes(Collection<Wish> wishes, Set<String> leftOut) {
        this.leftOut = Set.copyOf(leftOut);
        for (Wish wish : wishes) {
            if (wish.spot() instanceof Spot.Line line) {
                byLine.computeIfAbsent(new Line(wish.file(), line.number()), any -> new ArrayList<>())
                        .add(wish);
            } else {
                others.add(wish);
            }
        }
    }

    static Wishes of(Collection<Wish> wishes) {
        return new Wishes(wishes, Set.of());
    }

    /**
     * Wishes without those in some methods.
     *
     * @param methods names and descriptors
     */
    static Wishes without(Collection<Wish> wishes, Set<String> methods) {
        return new Wishes(wishes, methods);
    }

    boolean hasLines() {
        return !byLine.isEmpty();
    }

    /**
     * Whether a line in a method is wanted.
     *
     * @param file empty for the class's own; null for generated code, which nobody can want
     */
    boolean wantsLine(String method, String file, int line) {
        if (file == null || leftOut.contains(method)) {
            return false;
        }
        List<Wish> wishes = byLine.get(new Line(file, line));
        return wishes != null && wishes.stream().anyMatch(wish -> wish.wants(method));
    }

    /** What is wanted of a method besides lines. */
    Set<Spot> spots(String method) {
        Set<Spot> spots = new LinkedHashSet<>();
        for (Wish wish : others) {
            if (!leftOut.contains(method) && wish.wants(method)) {
                spots.add(wish.spot());
            }
        }
        return spots;
    }

    /** Whether somebody asks how long the method takes. */
    boolean isTimed(String method) {
        return others.stream().anyMatch(wish -> wish.timed() && wish.wants(method));
    }
}
