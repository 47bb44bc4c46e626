package io.plumbline.agent.weave;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Tells from the bytecode whether the statement that is being executed at an instruction was on the same line before. A
 * statement in progress shows in one of three ways: its operands lie on the stack; or it returns a value that it put aside, or
 * jumps or returns, once copies of {@code finally} blocks are through.
 *
 * <p>Where a condition is spread over lines and its parts leave nothing on the stack, the bytecode does not tell, and the
 * answer is no.
 */
final class StatementInProgress {
    private final MethodModel model;

    StatementInProgress(MethodModel model) {
        this.model = model;
    }

    /** Whether control at an instruction of a line returns into a statement that it was executing on that line. */
    boolean wasOn(int line, int instruction) {
        if (!model.throwers(instruction).isEmpty()) {
            return false;
        }
        return model.frame(instruction).height() > 0
                ? hasOperandsFrom(line, instruction)
                : isEndOfLeaving(line, instruction);
    }

    /**
     * Walking back while operands of the statement lie on the stack, an instruction of the line is met, and in between the
     * stack was lower than here, so what lies on top was computed meanwhile. (A loop inside a {@code switch} expression keeps
     * the stack where it was, and each of its rounds is an arrival.) Where ways meet with operands on the stack, as behind
     * {@code ?:}, the statement reaches back to where they part. It began on the line, too, if control fell from there into
     * its first instruction: the end of a statement is never on a line above its start. No statement reaches back over a
     * loop's jump that carries none of its operands; a coroutine's way in, behind which its ways meet, may lie far before
     * the loop.
     */
    private boolean hasOperandsFrom(int line, int start) {
        int height = model.frame(start).height();
        Map<Integer, Integer> lowest = new HashMap<>();
        PriorityQueue<Integer> open = new PriorityQueue<>(Comparator.reverseOrder());
        open.add(start);
        lowest.put(start, height);
        while (!open.isEmpty()) {
            int i = open.poll();
            if (i != start && model.frame(i).height() == 0 && open.isEmpty()) {
                return i > 0 && model.fallsThrough(i - 1) && model.line(i - 1) == line;
            }
            for (int from : model.predecessors(i)) {
                boolean isNextRound = from > i && model.frame(i).height() < height;
                if (model.frame(from) == null || isNextRound) {
                    continue;
                }
                int low = Math.min(lowest.get(i), Math.min(model.frame(from).height(), afterPops(from, i)));
                if (model.line(from) == line && low < height) {
                    return true;
                }
                if (low < lowest.getOrDefault(from, Integer.MAX_VALUE)) {
                    lowest.put(from, low);
                    open.remove(from);
                    open.add(from);
                }
            }
        }
        return false;
    }

    /** The stack's height between an instruction's pops and its pushes, as far as the frames around it tell. */
    private int afterPops(int from, int to) {
        return StackEffect.heightAfterPops(
                model.instruction(from),
                model.frame(from).height(),
                model.frame(to).height());
    }

    /** {@code finally} stands below what it belongs to, so a jump that is come to from above is no end of one. */
    private boolean isEndOfLeaving(int line, int start) {
        if (start == 0 || model.line(start - 1) == line) {
            return false;
        }
        AbstractInsnNode node = model.instruction(start);
        boolean leaves =
                node.getOpcode() == Opcodes.GOTO || (node.getOpcode() == Opcodes.RETURN && !model.isConstructor());
        if (leaves) {
            return model.line(start - 1) > line && wasBefore(start, i -> model.line(i) == line);
        }
        return isLoad(node) && returns(start + 1) && wasBefore(start, i -> isStore(i, line, (VarInsnNode) node));
    }

    private static boolean isLoad(AbstractInsnNode node) {
        return node.getOpcode() >= Opcodes.ILOAD && node.getOpcode() <= Opcodes.ALOAD;
    }

    private boolean returns(int i) {
        int opcode = i < model.size() ? model.instruction(i).getOpcode() : Opcodes.NOP;
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.ARETURN;
    }

    private boolean isStore(int i, int line, VarInsnNode load) {
        AbstractInsnNode node = model.instruction(i);
        return model.line(i) == line && node instanceof VarInsnNode store && store.var == load.var && !isLoad(node);
    }

    /** Whether control may come from such an instruction without going backwards. */
    private boolean wasBefore(int start, IntPredicate wanted) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            int i = open.poll();
            for (int from : model.predecessors(i)) {
                if (from < i && wanted.test(from)) {
                    return true;
                }
                if (from < i && seen.add(from)) {
                    open.add(from);
                }
            }
        }
        return false;
    }
}
