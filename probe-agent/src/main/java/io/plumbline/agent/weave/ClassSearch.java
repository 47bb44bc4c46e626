package io.plumbline.agent.weave;

import io.plumbline.config.code.NameMatch;
import io.plumbline.config.code.OwnCode;
import io.plumbline.config.probe.Location;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.CodeRequest;
import java.lang.instrument.Instrumentation;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds loaded classes that can be probed by what a person types. A nested class is found as the outermost one that it is in. All loaded
 * classes are looked at by name; only of those that are told of a class file's head is read.
 *
 * <p>The bargain: nothing is kept between two searches, so each looks through all classes again. Control thread only.
 */
final class ClassSearch {
    private static final Comparator<Hit> BEST_FIRST = Comparator.comparing((Hit hit) -> hit.whose)
            .thenComparingInt(hit -> hit.rank)
            .thenComparing(hit -> !hit.matched.isEmpty())
            .thenComparingInt(hit -> hit.outer.length())
            .thenComparing(hit -> hit.outer);

    private final Instrumentation instrumentation;
    private final LoadedClasses loaded;
    private final NameMatch match;
    private final Map<Place, Hit> hits = new HashMap<>();

    /** For one search. */
    ClassSearch(Instrumentation instrumentation, String query) {
        this.instrumentation = instrumentation;
        this.loaded = new LoadedClasses(instrumentation);
        this.match = new NameMatch(Location.isFile(query) ? query.substring(0, query.lastIndexOf('.')) : query);
    }

    /** Whose code it is, the first in the list first. */
    private enum Whose {
        OWN,
        LIBRARY,
        JDK;

        static Whose is(Class<?> type) {
            return JdkClasses.isLoader(type.getClassLoader()) ? JDK : OwnCode.contains(type.getName()) ? OWN : LIBRARY;
        }
    }

    /** The identity of a loader, and the outermost class's name. */
    private record Place(ClassLoader loader, String outer) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.loader == loader && place.outer.equals(outer);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(loader) * 31 + outer.hashCode();
        }
    }

    /** An outermost class and what of it was met. */
    private static final class Hit {
        final String outer;
        final Whose whose;
        Class<?> type;
        int rank = NameMatch.NONE;
        String matched = "";

        Hit(String outer, Whose whose, Class<?> type) {
            this.outer = outer;
            this.whose = whose;
            this.type = type;
        }

        /** Takes a class in; a nested one's name counts where it fits better than the outer one's. */
        void meet(Class<?> met, int ofOuter, int ofNested) {
            boolean isOuter = met.getName().length() == outer.length();
            type = isOuter ? met : type;
            int better = Math.min(ofOuter, ofNested);
            if (better < rank) {
                rank = better;
                matched = ofNested < ofOuter ? met.getName() : "";
            } else if (ofOuter == rank) {
                matched = "";
            }
        }
    }

    ClassesReply run(CodeRequest request, int limit) {
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (!each.isArray() && !each.isHidden()) {
                look(each);
            }
        }
        Collection<Hit> all = hits.values();
        Map<String, Integer> named = new HashMap<>();
        all.forEach(hit -> named.merge(hit.outer, 1, Integer::sum));
        List<ClassesReply.Found> found = all.stream()
                .sorted(BEST_FIRST)
                .limit(limit)
                .map(hit -> found(hit, named.get(hit.outer) > 1))
                .toList();
        return new ClassesReply(request.id(), request.instance(), found, all.size(), "");
    }

    private void look(Class<?> type) {
        Whose whose = Whose.is(type);
        if (match.isEmpty() ? whose != Whose.OWN : whose == Whose.JDK && !match.isQualified()) {
            return;
        }
        String name = type.getName();
        int from = name.lastIndexOf('.') + 1;
        int end = outerEnd(name, from);
        int ofOuter = match.isEmpty() ? 0 : match.of(name, from, end);
        int ofNested = ofNested(name, end);
        if (Math.min(ofOuter, ofNested) == NameMatch.NONE || Eligible.reasonAgainst(type) != null) {
            return;
        }
        String outer = end == name.length() ? name : name.substring(0, end);
        hits.computeIfAbsent(new Place(type.getClassLoader(), outer), place -> new Hit(outer, whose, type))
                .meet(type, ofOuter, ofNested);
    }

    /** Classes without a name of their own have a number. */
    private int ofNested(String name, int end) {
        int inner = name.lastIndexOf('$') + 1;
        boolean isNamed = end < inner && inner < name.length() && !Character.isDigit(name.charAt(inner));
        return isNamed ? match.of(name, inner, name.length()) : NameMatch.NONE;
    }

    /** Where the outermost class's name ends; a dollar in front belongs to it. */
    static int outerEnd(String name, int from) {
        int dollar = name.indexOf('$', from + 1);
        return dollar < 0 ? name.length() : dollar;
    }

    private ClassesReply.Found found(Hit hit, boolean several) {
        Class<?> type = outermost(hit);
        int dot = hit.outer.lastIndexOf('.');
        String file = ClassFiles.sourceFileOf(type);
        boolean generated = type.isSynthetic() || type.getName().contains("$$");
        return new ClassesReply.Found(
                hit.outer,
                file == null ? "" : file,
                dot < 0 ? "" : hit.outer.substring(0, dot),
                kind(type),
                hit.whose.name().toLowerCase(Locale.ROOT),
                generated,
                hit.matched,
                several ? ClassState.nameOf(type.getClassLoader()) : "");
    }

    /** The nested class that was found where the outermost is not loaded. */
    private Class<?> outermost(Hit hit) {
        return hit.type.getName().equals(hit.outer)
                ? hit.type
                : loaded.find(hit.type.getClassLoader(), Set.of(hit.outer)).getOrDefault(hit.outer, hit.type);
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }
}
