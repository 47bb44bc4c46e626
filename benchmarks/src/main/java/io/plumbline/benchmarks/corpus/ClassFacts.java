package io.plumbline.benchmarks.corpus;

import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says of itself, read without the weaver.
 *
 * @param name with dots
 * @param lines all in the line tables of its methods, those of bridges left out, as they repeat the method they lead to
 */
record ClassFacts(String name, SortedSet<Integer> lines) {

    static ClassFacts of(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        SortedSet<Integer> lines = new TreeSet<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return (access & Opcodes.ACC_BRIDGE) != 0 ? null : new LineVisitor(lines);
                    }
                },
                ClassReader.SKIP_FRAMES);
        return new ClassFacts(reader.getClassName().replace('/', '.'), lines);
    }

    private static final class LineVisitor extends MethodVisitor {
        private final SortedSet<Integer> lines;

        LineVisitor(SortedSet<Integer> lines) {
            super(Opcodes.ASM9);
            this.lines = lines;
        }

        @Override
        public void visitLineNumber(int line, Label start) {
            lines.add(line);
        }
    }
}
