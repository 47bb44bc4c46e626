package io.plumbline.agent.compile;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds methods in class files as the JVM would (JVMS §5.4.3.3, §5.4.6), without loading what their types name. */
final class MethodLookup {
    private final ClassFiles files;

    MethodLookup(ClassFiles files) {
        this.files = files;
    }

    /**
     * A method where it is declared.
     *
     * @param code null for a method of the JDK
     */
    record Found(Class<?> owner, MethodNode code) {

        boolean has(int flag) {
            return code != null && (code.access & flag) != 0;
        }

        /** Whether no other class's method can take its place. */
        boolean isSettled() {
            return has(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL)
                    || java.lang.reflect.Modifier.isFinal(owner.getModifiers());
        }

        private boolean isPackagePrivate() {
            return !has(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE);
        }

        private boolean replaces(Found base) {
            boolean samePackage = owner.getPackageName().equals(base.owner.getPackageName())
                    && owner.getClassLoader() == base.owner.getClassLoader();
            return !has(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC) && (!base.isPackagePrivate() || samePackage);
        }
    }

    /** The method that a name and descriptor mean in a class; null if there is none. */
    Found find(Class<?> type, String name, String descriptor) throws ImpureException {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            Found found = declared(current, name, descriptor);
            if (found != null) {
                return found;
            }
        }
        return inherited(type, name, descriptor);
    }

    /** The method that runs when another is called on an object of a class. */
    Found chosen(Class<?> receiver, Found base) throws ImpureException {
        String name = base.code().name;
        String descriptor = base.code().desc;
        for (Class<?> current = receiver; current != null; current = current.getSuperclass()) {
            Found found = declared(current, name, descriptor);
            if (found != null && (current == base.owner() || found.replaces(base))) {
                return found;
            }
        }
        return inherited(receiver, name, descriptor);
    }

    /** The most specific method that a class has from its interfaces, one with code before one without. */
    private Found inherited(Class<?> type, String name, String descriptor) throws ImpureException {
        Found best = null;
        for (Class<?> parent : interfaces(type)) {
            Found found = declared(parent, name, descriptor);
            if (found == null || found.has(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) {
                continue;
            }
            if (best == null || best.owner().isAssignableFrom(parent) || isWithoutCode(best)) {
                best = isWithoutCode(found) && best != null && !best.owner().isAssignableFrom(parent) ? best : found;
            }
        }
        return best;
    }

    private static boolean isWithoutCode(Found found) {
        return found.has(Opcodes.ACC_ABSTRACT);
    }

    private static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            collect(current, all);
        }
        return all;
    }

    private static void collect(Class<?> type, Set<Class<?>> all) {
        for (Class<?> parent : type.getInterfaces()) {
            all.add(parent);
            collect(parent, all);
        }
    }

    private Found declared(Class<?> type, String name, String descriptor) throws ImpureException {
        if (Fields.isJdk(type)) {
            return declaredByJdk(type, name, descriptor);
        }
        for (MethodNode method : files.of(type).methods) {
            if (method.name.equals(name) && method.desc.equals(descriptor)) {
                return new Found(type, method);
            }
        }
        return null;
    }

    private static Found declaredByJdk(Class<?> type, String name, String descriptor) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && Type.getMethodDescriptor(method).equals(descriptor)) {
                return new Found(type, null);
            }
        }
        return null;
    }

    /** The application's methods of a name that take so many arguments, the nearest class's first, without bridges. */
    List<Found> named(Class<?> type, String name, int arguments) throws ImpureException {
        List<Found> all = new ArrayList<>();
        for (Class<?> owner : owners(type)) {
            add(owner, files.of(owner), name, arguments, all);
        }
        return all;
    }

    /** The application's methods of objects that give a value, the nearest class's first, without what compilers add. */
    List<Found> all(Class<?> type) throws ImpureException {
        Map<String, Found> all = new LinkedHashMap<>();
        for (Class<?> owner : owners(type)) {
            for (MethodNode method : files.of(owner).methods) {
                boolean isAsked =
                        (method.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE | Opcodes.ACC_STATIC)) == 0
                                && method.name.charAt(0) != '<'
                                && !method.desc.endsWith(")V");
                if (isAsked) {
                    all.putIfAbsent(
                            method.name + method.desc.substring(0, method.desc.indexOf(')')), new Found(owner, method));
                }
            }
        }
        return List.copyOf(all.values());
    }

    /** A class, what it extends and what those implement, without the JDK's. */
    private static Set<Class<?>> owners(Class<?> type) {
        Set<Class<?>> owners = new LinkedHashSet<>();
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            owners.add(current);
        }
        owners.addAll(interfaces(type));
        owners.removeIf(Fields::isJdk);
        return owners;
    }

    private static void add(Class<?> owner, ClassNode node, String name, int arguments, List<Found> all) {
        for (MethodNode method : node.methods) {
            boolean fits = method.name.equals(name)
                    && (method.access & Opcodes.ACC_BRIDGE) == 0
                    && Type.getArgumentTypes(method.desc).length == arguments;
            if (fits && all.stream().noneMatch(known -> sameParameters(known.code().desc, method.desc))) {
                all.add(new Found(owner, method));
            }
        }
    }

    private static boolean sameParameters(String a, String b) {
        return a.substring(0, a.indexOf(')')).equals(b.substring(0, b.indexOf(')')));
    }
}
