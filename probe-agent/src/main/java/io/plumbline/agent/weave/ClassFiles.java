package io.plumbline.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds out what the lines of a class stand for. The JVM keeps no source map: the bytes that it hands in when it
 * retransforms a class lack it. So for classes whose compilers write one it is read from the class file, through the class's
 * loader, on the agent's own thread.
 */
final class ClassFiles {
    private static final int MAX_BYTES = 4 << 20;

    private ClassFiles() {}

    /**
     * @param loaded the class, when these are bytes of a loaded one; null while it is being loaded
     */
    static SourceLines source(byte[] bytes, Class<?> loaded) {
        Head head = new Head(bytes);
        if (head.debug == null && loaded != null && mayHaveMap(head.file, loaded.getName())) {
            head.debug = fromFile(loaded, head.file);
        }
        return SourceLines.of(head.file, head.debug);
    }

    /** The source file that a class file names; null if it names none. */
    static String sourceFile(byte[] bytes) {
        return new Head(bytes).file;
    }

    /** The same, of a loaded class, from its file; null also where that can't be found. */
    static String sourceFileOf(Class<?> loaded) {
        Head head = headOf(loaded);
        return head == null ? null : head.file;
    }

    private static boolean mayHaveMap(String file, String className) {
        return className.endsWith("_jsp") || className.contains("_jsp$") || (file != null && !file.endsWith(".java"));
    }

    /** The source map of the class file, if it is made from the same source. */
    private static String fromFile(Class<?> loaded, String sourceFile) {
        Head head = headOf(loaded);
        return head != null && (sourceFile == null || sourceFile.equals(head.file)) ? head.debug : null;
    }

    /** Null where there is no file, or none that can be read; lines are then what the line table says. */
    private static Head headOf(Class<?> loaded) {
        ClassLoader loader = loaded.getClassLoader();
        String name = loaded.getName().replace('.', '/') + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(name) : loader.getResourceAsStream(name)) {
            return in == null ? null : new Head(in.readNBytes(MAX_BYTES));
        } catch (IOException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** What stands in front of a class's members. */
    private static final class Head extends ClassVisitor {
        String file;
        String debug;

        Head(byte[] bytes) {
            super(Opcodes.ASM9);
            new ClassReader(bytes).accept(this, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        }

        @Override
        public void visitSource(String newFile, String newDebug) {
            file = newFile;
            debug = newDebug;
        }
    }
}
