package io.plumbline.agent.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;

/** How deep an instruction reaches into the operand stack (JVMS §6.5). */
final class StackEffect {

    private StackEffect() {}

    /**
     * The height once the instruction has taken its operands and not yet pushed its result.
     *
     * @param before height in slots in front of it
     * @param after height behind it
     */
    static int heightAfterPops(AbstractInsnNode node, int before, int after) {
        int pushed = pushed(node);
        return pushed == 0 ? Math.min(before, after) : Math.min(before, after - pushed);
    }

    /** Slots of the result of those instructions that take operands and push one; 0 for all others. */
    private static int pushed(AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            return Type.getReturnType(call.desc).getSize();
        }
        if (node instanceof InvokeDynamicInsnNode call) {
            return Type.getReturnType(call.desc).getSize();
        }
        if (node instanceof FieldInsnNode field) {
            boolean reads = node.getOpcode() == Opcodes.GETFIELD || node.getOpcode() == Opcodes.GETSTATIC;
            return reads ? Type.getType(field.desc).getSize() : 0;
        }
        if (node instanceof MultiANewArrayInsnNode) {
            return 1;
        }
        return ofArithmetic(node.getOpcode());
    }

    private static int ofArithmetic(int opcode) {
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            return opcode == Opcodes.LALOAD || opcode == Opcodes.DALOAD ? 2 : 1;
        }
        if (opcode >= Opcodes.IADD && opcode <= Opcodes.LXOR) {
            return 1;
        }
        if (opcode >= Opcodes.I2L && opcode <= Opcodes.DCMPG) {
            return 1;
        }
        boolean wraps = opcode == Opcodes.NEWARRAY
                || opcode == Opcodes.ANEWARRAY
                || opcode == Opcodes.ARRAYLENGTH
                || opcode == Opcodes.CHECKCAST
                || opcode == Opcodes.INSTANCEOF;
        return wraps ? 1 : 0;
    }
}
