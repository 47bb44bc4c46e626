package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Walks the methods and line tables of a class without building anything of them. */
final class ClassScan {
    private final ClassReader reader;
    private final List<ClassContents.Method> methods = new ArrayList<>();
    private final SourceLines source;

    ClassScan(ClassReader reader, SourceLines source) {
        this.reader = reader;
        this.source = source;
        reader.accept(new Head(), ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
    }

    interface Found {
        /**
         * @param method name and descriptor
         * @param code of the source line ({@link SourceLines})
         */
        void line(String method, int code);
    }

    /** Bridges repeat the method they lead to and are left out. */
    static boolean isProbed(int access) {
        return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) == 0;
    }

    /** What the numbers of the line table stand for. */
    SourceLines source() {
        return source;
    }

    List<ClassContents.Method> methods() {
        return methods;
    }

    /** The line tables of those methods that can be probed. */
    void lines(Found found) {
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        if (!isProbed(access)) {
                            return null;
                        }
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitLineNumber(int line, Label start) {
                                found.line(name + descriptor, source.code(line));
                            }
                        };
                    }
                },
                ClassReader.SKIP_FRAMES);
    }

    /** The lines of a file that have code. */
    SortedSet<Integer> linesOf(String file) {
        SortedSet<Integer> lines = new TreeSet<>();
        lines((method, code) -> {
            if (file.equals(source.file(code))) {
                lines.add(SourceLines.line(code));
            }
        });
        return lines;
    }

    /** Lists the methods. */
    private final class Head extends ClassVisitor {
        Head() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            methods.add(new ClassContents.Method(name + descriptor, isProbed(access)));
            return null;
        }
    }
}
