package io.plumbline.agent.compile;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Class files of the application's classes, as their own loaders hand them out. What another agent made of a class while
 * it was loaded is not seen. Kept for as long as one method is looked into; not thread-safe.
 */
final class ClassFiles {
    private static final int MAX_BYTES = 4 << 20;

    /** Set while this thread reads: a probe inside a class loader must not start reading again. */
    private static final ThreadLocal<Boolean> READING = new ThreadLocal<>();

    private final Map<Class<?>, ClassNode> read = new HashMap<>();

    /**
     * The class file of a class.
     *
     * @throws ImpureException when there is none, or one of another class
     */
    ClassNode of(Class<?> type) throws ImpureException {
        ClassNode known = read.get(type);
        if (known != null) {
            return known;
        }
        if (READING.get() != null) {
            throw new IllegalStateException("class files are being read by this very thread");
        }
        READING.set(true);
        try {
            ClassNode node = parsed(type);
            read.put(type, node);
            return node;
        } finally {
            READING.remove();
        }
    }

    private static ClassNode parsed(Class<?> type) throws ImpureException {
        ClassNode node = new ClassNode();
        try {
            new ClassReader(bytes(type)).accept(node, ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw missing(type, "can't be read: " + e.getMessage());
        }
        if (!isOf(node, type)) {
            throw missing(type, "is that of another class");
        }
        return node;
    }

    private static byte[] bytes(Class<?> type) throws ImpureException {
        String file = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        try (InputStream in = type.isHidden() || loader == null ? null : loader.getResourceAsStream(file)) {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(MAX_BYTES);
            if (bytes.length == 0 || bytes.length == MAX_BYTES) {
                throw missing(type, "can't be found");
            }
            return bytes;
        } catch (IOException | RuntimeException e) {
            throw missing(type, "can't be read: " + e.getClass().getName());
        }
    }

    private static ImpureException missing(Class<?> type, String what) {
        return new ImpureException("can't be looked into: the class file of " + Types.name(type) + " " + what);
    }

    /** A loader that asks its parent first for files and last for classes can hand out a namesake's file. */
    private static boolean isOf(ClassNode node, Class<?> type) {
        Class<?> parent = type.isInterface() ? Object.class : type.getSuperclass();
        return node.name.equals(internal(type))
                && node.superName.equals(internal(parent))
                && node.interfaces.equals(List.of(type.getInterfaces()).stream()
                        .map(ClassFiles::internal)
                        .toList());
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
