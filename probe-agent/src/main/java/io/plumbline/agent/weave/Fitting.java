package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Weaves of what is asked for in a class as much as a class file can hold. Left out are methods that would grow beyond
 * their limit or whose frames can't be told; and where the class as a whole would hold too many constants, the wishes that
 * came last.
 */
final class Fitting {
    private static final String TOO_MANY =
            "the class can't take another probe: with so many its constants would be more"
                    + " than the JVM's limit of 65,535; remove some of its other probes";

    private final ClassWeaver weaver;
    private final Set<Wish> wishes;

    /** Why methods are left out, by name and descriptor. */
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private Set<Wish> tooMany = Set.of();

    /**
     * @param wishes the most important ones first
     */
    Fitting(ClassWeaver weaver, Set<Wish> wishes) {
        this.weaver = weaver;
        this.wishes = wishes;
    }

    /**
     * Weaves.
     *
     * @param ids gives each site its number
     */
    ClassWeaver.Result weave(ToIntFunction<SiteKey> ids) {
        try {
            return weave(wishes, ids);
        } catch (ClassTooLargeException e) {
            return weaveFirst(ids);
        }
    }

    /** The longest row of first wishes that fits, found by halves. */
    private ClassWeaver.Result weaveFirst(ToIntFunction<SiteKey> ids) {
        List<Wish> all = new ArrayList<>(wishes);
        int fits = 0;
        int fails = all.size();
        ClassWeaver.Result best = weave(Set.of(), ids);
        while (fails - fits > 1) {
            int some = (fits + fails) >>> 1;
            try {
                best = weave(new LinkedHashSet<>(all.subList(0, some)), ids);
                fits = some;
            } catch (ClassTooLargeException e) {
                fails = some;
            }
        }
        tooMany = Set.copyOf(all.subList(fits, all.size()));
        return best;
    }

    private ClassWeaver.Result weave(Set<Wish> some, ToIntFunction<SiteKey> ids) {
        while (true) {
            try {
                return weaver.weave(Wishes.without(some, leftOut.keySet()), ids);
            } catch (MethodTooLargeException e) {
                String reason =
                        "the method " + e.getMethodName() + " is too large to take a probe; the JVM's limit is 64 KB";
                if (leftOut.put(e.getMethodName() + e.getDescriptor(), reason) != null) {
                    throw e;
                }
            } catch (MethodRefusedException e) {
                if (leftOut.put(e.method(), e.getMessage()) != null) {
                    throw e;
                }
            }
        }
    }

    /** Why a wish was left out, somewhere at least; null when it was not. */
    String reasonAgainst(Wish wish) {
        if (leftOut.isEmpty() && tooMany.isEmpty()) {
            return null;
        }
        return tooMany.contains(wish) ? TOO_MANY : reasonAgainstMethod(wish, places());
    }

    /** Tells those whose locations were left out. */
    void refuse(ClassState state, List<ArmedProbe> probes) {
        if (leftOut.isEmpty() && tooMany.isEmpty()) {
            return;
        }
        Map<String, Set<Place>> places = places();
        for (ArmedProbe armed : probes) {
            Wish wish = Wish.of(armed.probe(), weaver.scan().source().ownFile());
            String reason = tooMany.contains(wish) ? TOO_MANY : reasonAgainstMethod(wish, places);
            if (reason != null) {
                state.refused(armed.probe().location(), reason);
            }
        }
    }

    /** A line; the file is null for generated code. */
    private record Place(String file, int line) {}

    /** Where the methods that are left out have code. */
    private Map<String, Set<Place>> places() {
        Map<String, Set<Place>> places = new HashMap<>();
        leftOut.keySet().forEach(method -> places.put(method, new HashSet<>()));
        SourceLines source = weaver.scan().source();
        weaver.scan().lines((method, line) -> {
            if (leftOut.containsKey(method)) {
                places.get(method).add(new Place(source.file(line), SourceLines.line(line)));
            }
        });
        return places;
    }

    /** Null when no method that is meant was left out. */
    private String reasonAgainstMethod(Wish wish, Map<String, Set<Place>> places) {
        for (Map.Entry<String, String> method : leftOut.entrySet()) {
            boolean isThere = !(wish.spot() instanceof Spot.Line line)
                    || places.get(method.getKey()).contains(new Place(wish.file(), line.number()));
            if (isThere && wish.wants(method.getKey())) {
                return method.getValue();
            }
        }
        return null;
    }
}
