package io.plumbline.config.redaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Classes by full name ({@code shop.Customer}) or by package ({@code shop.secrets.*}, with the packages in it). A class is
 * on the list when it, or anything that it extends or implements, is; an array when its elements are.
 *
 * <p>Threads: any. The first question about a class walks its ancestors; the answer is kept with the class.
 */
final class TypeList {
    private static final Pattern FORM =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(\\.\\*)?");

    private final Set<String> names = new HashSet<>();
    private final List<String> packages = new ArrayList<>();
    private final ClassValue<String> entries = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return find(type);
        }
    };

    /**
     * @param setting where the list stands, for errors
     * @throws IllegalArgumentException when an entry is neither a class nor a package
     */
    TypeList(String setting, Set<String> list) {
        for (String entry : list) {
            if (!FORM.matcher(entry).matches()) {
                throw new IllegalArgumentException(setting + " names classes in full, or packages, as in shop.Customer"
                        + " or shop.secrets.*; this is neither: " + entry);
            }
            if (entry.endsWith(".*")) {
                packages.add(entry.substring(0, entry.length() - 1));
            } else {
                names.add(entry);
            }
        }
    }

    boolean holds(Class<?> type) {
        return !entryOf(type).isEmpty();
    }

    /** The class on the list because of which a class is; empty if none is. */
    String entryOf(Class<?> type) {
        return entries.get(type);
    }

    private String find(Class<?> type) {
        if (type.isArray()) {
            return find(type.getComponentType());
        }
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            if (lists(current.getName())) {
                return current.getName();
            }
            for (Class<?> parent : current.getInterfaces()) {
                String found = find(parent);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private boolean lists(String name) {
        return names.contains(name) || packages.stream().anyMatch(name::startsWith);
    }
}
