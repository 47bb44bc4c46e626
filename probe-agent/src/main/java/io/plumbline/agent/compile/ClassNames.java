package io.plumbline.agent.compile;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/** Finds classes as the probed class would, by descriptor or by the name a person writes. Never initialises one. */
final class ClassNames {
    private final Class<?> declaring;

    ClassNames(Class<?> declaring) {
        this.declaring = declaring;
    }

    /** The class of a descriptor; Object where it can't be loaded. */
    Class<?> ofDescriptor(String descriptor) {
        Type type = Type.getType(descriptor);
        if (type.getSort() == Type.ARRAY) {
            Class<?> array = ofDescriptor(type.getElementType().getDescriptor());
            for (int i = 0; i < type.getDimensions(); i++) {
                array = Array.newInstance(array, 0).getClass();
            }
            return array;
        }
        Class<?> primitive = Types.primitive(type.getClassName());
        Class<?> found = primitive != null ? primitive : load(type.getClassName());
        return found == null ? Object.class : found;
    }

    /** The class that a name means in the probed class's source, as far as that can be told; null if none is found. */
    Class<?> named(String name) {
        if (name.endsWith("[]")) {
            Class<?> component = named(name.substring(0, name.length() - 2));
            return component == null ? null : Array.newInstance(component, 0).getClass();
        }
        Class<?> primitive = Types.primitive(name);
        if (primitive != null) {
            return primitive;
        }
        for (String candidate : candidates(name)) {
            Class<?> found = load(candidate);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<String> candidates(String name) {
        List<String> candidates = new ArrayList<>();
        String nested = name.replace('.', '$');
        for (Class<?> outer = declaring; outer != null; outer = enclosing(outer)) {
            candidates.add(outer.getName() + "$" + nested);
        }
        String prefix = declaring.getPackageName().isEmpty() ? "" : declaring.getPackageName() + ".";
        candidates.add(prefix + nested);
        candidates.add("java.lang." + nested);
        candidates.add("java.util." + nested);
        candidates.add("java.time." + nested);
        candidates.add("java.math." + nested);
        StringBuilder qualified = new StringBuilder(name);
        candidates.add(name);
        for (int dot = qualified.lastIndexOf("."); dot > 0; dot = qualified.lastIndexOf(".")) {
            qualified.setCharAt(dot, '$');
            candidates.add(qualified.toString());
        }
        return candidates;
    }

    private static Class<?> enclosing(Class<?> type) {
        try {
            return type.getEnclosingClass();
        } catch (LinkageError e) {
            return null;
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, declaring.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
