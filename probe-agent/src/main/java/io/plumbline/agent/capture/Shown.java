package io.plumbline.agent.capture;

import java.util.List;

/**
 * What all objects of a class have in common when they are shown: texts only, nothing that keeps the class alive.
 *
 * @param type the class's name
 * @param names of the parts, in the order in which they are written
 * @param interfaces of a proxy or a lambda, whose own name says nothing; else empty
 * @param hasUnread whether a part can't be read, such as what a superclass of the JDK holds
 */
record Shown(String type, List<String> names, List<String> interfaces, boolean hasUnread) {

    Shown {
        names = List.copyOf(names);
        interfaces = List.copyOf(interfaces);
    }

    static Shown of(String type, String... names) {
        return new Shown(type, List.of(names), List.of(), false);
    }
}
