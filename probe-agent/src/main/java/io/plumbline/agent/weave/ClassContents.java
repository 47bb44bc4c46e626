package io.plumbline.agent.weave;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What there is in a class to be probed, for those who asked for something else.
 *
 * @param lines of the class's own file that have code
 * @param methods all, in the order of the class file
 */
record ClassContents(SortedSet<Integer> lines, List<Method> methods) {
    static final ClassContents NONE = new ClassContents(new TreeSet<>(), List.of());

    ClassContents {
        methods = List.copyOf(methods);
    }

    /**
     * One method.
     *
     * @param id name and descriptor
     * @param hasCode whether it is neither abstract nor native, and no bridge
     */
    record Method(String id, boolean hasCode) {
        String name() {
            return id.substring(0, id.indexOf('('));
        }

        /** As a person names it: {@code place(String, int)}. */
        String shown() {
            return name() + "("
                    + String.join(
                            ", ",
                            SiteKey.parameters(id).stream()
                                    .map(type -> type.substring(type.lastIndexOf('.') + 1))
                                    .toList())
                    + ")";
        }
    }
}
