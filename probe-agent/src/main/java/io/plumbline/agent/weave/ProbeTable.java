package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.probe.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The probes in force, as the transformer asks for them: an immutable version of the table; a change makes a new one. */
final class ProbeTable {
    static final ProbeTable EMPTY = new ProbeTable(Map.of());

    private final Map<String, ArmedProbe> byId;

    /** By what the location calls its class, so that a class asks for its few names and not through all probes. */
    private final Map<String, List<ArmedProbe>> byType = new HashMap<>();

    private final boolean hasFiles;

    private ProbeTable(Map<String, ArmedProbe> byId) {
        this.byId = byId;
        for (ArmedProbe armed : byId.values()) {
            byType.computeIfAbsent(armed.probe().location().type(), type -> new ArrayList<>())
                    .add(armed);
        }
        this.hasFiles = byType.keySet().stream().anyMatch(Location::isFile);
    }

    /** The next version of the table, made in one step: to copy it for each of many probes would take their square. */
    ProbeTable changed(Collection<ArmedProbe> set, Collection<String> removed) {
        Map<String, ArmedProbe> next = new LinkedHashMap<>(byId);
        next.keySet().removeAll(new HashSet<>(removed));
        set.forEach(armed -> next.put(armed.probe().id(), armed));
        return new ProbeTable(next);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Null when there is none. */
    ArmedProbe get(String id) {
        return byId.get(id);
    }

    Collection<ArmedProbe> all() {
        return byId.values();
    }

    /** What the locations call their classes. */
    Set<String> types() {
        return byType.keySet();
    }

    /** The probes whose location calls its class so. */
    List<ArmedProbe> ofType(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /**
     * The probes that mean a class.
     *
     * @param className with dots
     * @param files that the class has code from; asked only where a probe names a file
     */
    List<ArmedProbe> of(String className, Supplier<List<String>> files) {
        if (byId.isEmpty()) {
            return List.of();
        }
        List<ArmedProbe> found = new ArrayList<>();
        for (String name : names(className, hasFiles ? files.get() : List.of())) {
            found.addAll(byType.getOrDefault(name, List.of()));
        }
        return found;
    }

    /** The probes that name a class of the JDK in full. */
    List<ArmedProbe> ofJdk(String className) {
        return names(className, List.of()).stream()
                .filter(name -> JdkClasses.isNamed(name, className))
                .flatMap(name -> byType.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /**
     * Every type that {@link #means} a class, listed.
     *
     * @param files that the class has code from
     */
    static Set<String> names(String className, Collection<String> files) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        Set<String> names = new LinkedHashSet<>();
        for (String name : List.of(className, simple)) {
            names.add(name);
            for (int end = name.indexOf('$', 1); end > 0; end = name.indexOf('$', end + 1)) {
                names.add(name.substring(0, end));
            }
        }
        names.removeIf(Location::isFile);
        files.stream().filter(Location::isFile).forEach(names::add);
        return names;
    }

    /**
     * Whether a location's type means a class: by source file, by full name, or by simple name; nested classes belong to
     * the class that they are nested in.
     */
    static boolean means(String type, String className, Collection<String> files) {
        if (Location.isFile(type)) {
            return files.contains(type);
        }
        if (!className.contains(type)) {
            return false;
        }
        return isOrIsNestedIn(type, className)
                || (type.indexOf('.') < 0 && isOrIsNestedIn(type, className.substring(className.lastIndexOf('.') + 1)));
    }

    private static boolean isOrIsNestedIn(String type, String className) {
        return className.startsWith(type)
                && (className.length() == type.length() || className.charAt(type.length()) == '$');
    }
}
