package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.probe.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The probes in force, as the transformer asks for them: an immutable version of the table; a change makes a new one. */
final class ProbeTable {
    static final ProbeTable EMPTY = new ProbeTable(Map.of());

    private final Map<String, ArmedProbe> byId;
    private final boolean hasFiles;

    private ProbeTable(Map<String, ArmedProbe> byId) {
        this.byId = byId;
        this.hasFiles = byId.values().stream()
                .anyMatch(armed -> armed.probe().location().isFile());
    }

    ProbeTable with(ArmedProbe armed) {
        Map<String, ArmedProbe> next = new LinkedHashMap<>(byId);
        next.put(armed.probe().id(), armed);
        return new ProbeTable(next);
    }

    ProbeTable without(String id) {
        Map<String, ArmedProbe> next = new LinkedHashMap<>(byId);
        next.remove(id);
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

    /**
     * The probes that mean a class.
     *
     * @param className with dots
     * @param files that the class has code from; asked only where a probe names a file
     */
    List<ArmedProbe> of(String className, Supplier<List<String>> files) {
        List<ArmedProbe> found = new ArrayList<>();
        List<String> file = hasFiles ? files.get() : List.of();
        for (ArmedProbe armed : byId.values()) {
            if (means(armed.probe().location().type(), className, file)) {
                found.add(armed);
            }
        }
        return found;
    }

    /** The probes that name a class of the JDK in full. */
    List<ArmedProbe> ofJdk(String className) {
        return byId.values().stream()
                .filter(armed -> JdkClasses.isNamed(armed.probe().location().type(), className))
                .toList();
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
