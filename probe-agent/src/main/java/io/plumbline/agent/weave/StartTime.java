package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Keeps the time of a method's start in a variable of its own, behind all others, for {@code $duration}. */
final class StartTime {

    private StartTime() {}

    /** Reserves the variable. To be called before the method's sites are laid out. */
    static Variable reserve(MethodNode method) {
        Variable start = Variable.start(method.maxLocals);
        method.maxLocals += 2;
        return start;
    }

    /** Puts the clock in front of everything, and the variable into every frame. To be called last of all. */
    static void insert(MethodNode method, Variable start) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FrameNode frame) {
                frame.local = extended(frame.local, start.slot());
            }
        }
        InsnList clock = new InsnList();
        clock.add(new MethodInsnNode(Opcodes.INVOKESTATIC, "java/lang/System", "nanoTime", "()J", false)); // n
        clock.add(new VarInsnNode(Opcodes.LSTORE, start.slot())); //
        method.instructions.insert(clock);
        method.maxStack = Math.max(method.maxStack, 2);
    }

    private static List<Object> extended(List<Object> locals, int slot) {
        List<Object> extended = locals == null ? new ArrayList<>() : new ArrayList<>(locals);
        int used = 0;
        for (Object type : extended) {
            used += Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type) ? 2 : 1;
        }
        while (used++ < slot) {
            extended.add(Opcodes.TOP);
        }
        extended.add(Opcodes.LONG);
        return extended;
    }
}
