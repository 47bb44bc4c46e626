package io.plumbline.benchmarks.corpus;

import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What a class file says of itself, read without the weaver.
 *
 * @param name with dots
 * @param lines all that an instruction of a method belongs to; bridges are left out, as they repeat the method they lead
 *     to. Compilers also name lines without an instruction: where two stand at one place, the last one has it.
 */
record ClassFacts(String name, SortedSet<Integer> lines) {

    static ClassFacts of(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_FRAMES);
        SortedSet<Integer> lines = new TreeSet<>();
        for (MethodNode method : type.methods) {
            if ((method.access & Opcodes.ACC_BRIDGE) == 0) {
                addLines(method, lines);
            }
        }
        return new ClassFacts(type.name.replace('/', '.'), lines);
    }

    private static void addLines(MethodNode method, SortedSet<Integer> lines) {
        int line = -1;
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LineNumberNode named) {
                line = named.line;
            } else if (node.getOpcode() >= 0 && line >= 0) {
                lines.add(line);
            }
        }
    }
}
