package io.plumbline.agent.weave;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bytes of loaded classes as the JVM runs them, without our own sites. Only the JVM knows them, and tells them where it
 * transforms a class again. Control thread only.
 */
final class RunningBytes {
    private final LoadedClasses loaded;
    private final Retransformer retransformer;
    private final RecentBytes recent;

    RunningBytes(LoadedClasses loaded, Retransformer retransformer, RecentBytes recent) {
        this.loaded = loaded;
        this.retransformer = retransformer;
        this.recent = recent;
    }

    /**
     * What is loaded of a type.
     *
     * @param bytes of those classes whose bytes the JVM handed in
     * @param isLoaded whether there is any
     * @param problem why none of it can be probed; null when it can
     */
    record Meant(Map<Class<?>, byte[]> bytes, boolean isLoaded, String problem) {}

    /** Those that a location's type means; none, and no problem, where none is loaded. */
    Meant of(String type) {
        Set<Class<?>> meant = new LinkedHashSet<>();
        for (Class<?> candidate : loaded.meant(Set.of(type)).getOrDefault(type, List.of())) {
            String reason = Eligible.reasonAgainst(candidate);
            if (reason != null) {
                return new Meant(Map.of(), true, reason);
            }
            meant.add(candidate);
        }
        return new Meant(fetch(meant), !meant.isEmpty(), null);
    }

    private Map<Class<?>, byte[]> fetch(Collection<Class<?>> meant) {
        List<Class<?>> unknown =
                meant.stream().filter(type -> recent.of(type) == null).toList();
        unknown.forEach(recent::want);
        retransformer.retransform(unknown);
        Map<Class<?>, byte[]> found = new LinkedHashMap<>();
        for (Class<?> type : meant) {
            byte[] bytes = recent.of(type);
            if (bytes != null) {
                found.put(type, bytes);
            }
        }
        recent.trim();
        return found;
    }
}
