package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Locations' types by the names of classes that they could mean, so that each class asks for its few names. */
final class TypeIndex {
    private final Map<String, Set<String>> byName = new HashMap<>();

    TypeIndex(Set<String> types) {
        for (String type : types) {
            if (Location.isFile(type)) {
                LoadedClasses.classesOf(type).forEach(name -> add(name, type));
            }
            add(type, type);
            add(LoadedClasses.unnumbered(type), type);
        }
    }

    private void add(String name, String type) {
        byName.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(type);
    }

    /**
     * The types that a class could be meant by, and perhaps some by which it is not.
     *
     * @param className with dots; what follows a slash differs with each run and is not looked at
     */
    Set<String> candidates(String className) {
        int slash = className.indexOf('/');
        String name = slash < 0 ? className : className.substring(0, slash);
        Set<String> found = named(name, Set.of());
        for (int end = name.indexOf('$', 1); end > 0; end = name.indexOf('$', end + 1)) {
            found = named(name.substring(0, end), found);
        }
        int simple = name.lastIndexOf('.') + 1;
        if (simple > 0) {
            found = named(name.substring(simple), found);
            for (int end = name.indexOf('$', simple + 1); end > 0; end = name.indexOf('$', end + 1)) {
                found = named(name.substring(simple, end), found);
            }
        }
        return found;
    }

    private Set<String> named(String name, Set<String> others) {
        Set<String> types = byName.get(name);
        if (types == null || others.isEmpty()) {
            return types == null ? others : types;
        }
        Set<String> both = new LinkedHashSet<>(others);
        both.addAll(types);
        return both;
    }
}
