package io.plumbline.config.redaction;

import java.util.HashSet;
import java.util.Set;

/** What may be read where the deployment allows nothing else: by the whole name, or by type. */
final class AllowList {
    private static final String THIS = "this";

    private final Set<String> names = new HashSet<>();
    private final TypeList types;
    private final NameMemory memory = new NameMemory(this::listed);

    /**
     * @param names as they stand in the source; case and signs between words do not matter
     */
    AllowList(Set<String> names, TypeList types) {
        names.forEach(name -> this.names.add(HiddenNames.joined(name)));
        this.types = types;
    }

    /** Whether a field or variable of this name may be read; {@code this} always, for its fields are judged one by one. */
    boolean allowsName(String name) {
        return name.equals(THIS) || memory.test(name);
    }

    boolean allowsType(Class<?> type) {
        return types.holds(type);
    }

    private boolean listed(String name) {
        String bare = name.startsWith("val$") ? name.substring("val$".length()) : name;
        return names.contains(HiddenNames.joined(bare));
    }
}
