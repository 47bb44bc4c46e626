package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * A handler of last resort around a whole method: it sees what no handler of the method's own caught, and throws it on.
 * In a constructor it begins behind {@code super(…)}, for the JVM knows no handler that both sides could share.
 *
 * <p>It knows {@code this} and those parameters that hold the same type all the way, and nothing else: a local variable has
 * no value that is right for every instruction that may throw.
 */
final class EscapeHandler {
    private static final String THROWABLE = "java/lang/Throwable";

    private final MethodNode method;
    private final MethodModel model;

    EscapeHandler(MethodNode method, MethodModel model) {
        this.method = method;
        this.model = model;
    }

    /** Whether there is nothing to be covered. */
    boolean isEmpty() {
        return ranges().isEmpty();
    }

    /** The verifier's view of the locals in the handler: of the parameters' slots, in ASM's terms, one for each slot. */
    List<Object> locals() {
        int slots = Type.getArgumentsAndReturnSizes(method.desc) >> 2;
        if ((method.access & Opcodes.ACC_STATIC) != 0) {
            slots--;
        }
        List<Object> locals = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            locals.add(common(slot));
        }
        return locals;
    }

    private Object common(int slot) {
        Object common = null;
        for (int i = 0; i < model.size(); i++) {
            if (!isCovered(i) || model.frame(i) == null) {
                continue;
            }
            List<Object> locals = model.frame(i).locals();
            Object here = slot < locals.size() ? locals.get(slot) : Opcodes.TOP;
            if (common != null && !common.equals(here)) {
                return Opcodes.TOP;
            }
            common = here;
        }
        return common == null || common instanceof Label ? Opcodes.TOP : common;
    }

    private boolean isCovered(int i) {
        MethodModel.Frame frame = model.frame(i);
        boolean beforeSuper =
                method.name.equals("<init>") && frame != null && frame.locals().contains(Opcodes.UNINITIALIZED_THIS);
        return frame != null && !beforeSuper;
    }

    /** First and last instruction of each stretch that is covered. */
    private List<int[]> ranges() {
        List<int[]> ranges = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            if (!isCovered(i)) {
                continue;
            }
            int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last[1] == i - 1) {
                last[1] = i;
            } else {
                ranges.add(new int[] {i, i});
            }
        }
        return ranges;
    }

    /**
     * Puts the handler at the method's end. To be called after all other sites are in, so that it covers them as well.
     *
     * @param call the site's call, which finds the exception on the stack and leaves it there
     * @param hasFrames whether the class file has stack maps
     */
    void insert(InsnList call, int callSlots, boolean hasFrames) {
        List<int[]> ranges = ranges();
        LabelNode handler = new LabelNode();
        for (int[] range : ranges) {
            LabelNode from = new LabelNode();
            LabelNode to = new LabelNode();
            method.instructions.insertBefore(model.instruction(range[0]), from);
            method.instructions.insert(model.instruction(range[1]), to);
            method.tryCatchBlocks.add(new TryCatchBlockNode(from, to, handler, THROWABLE));
        }
        List<Object> locals = packed(locals());
        InsnList code = new InsnList();
        code.add(handler);
        if (hasFrames) {
            code.add(new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 1, new Object[] {THROWABLE})); // t
        }
        code.add(call); // t
        code.add(new InsnNode(Opcodes.ATHROW)); //
        method.instructions.add(code);
        method.maxStack = Math.max(method.maxStack, 1 + callSlots);
    }

    /** As a frame has them: a long or double is one entry, not two. */
    private static List<Object> packed(List<Object> slots) {
        List<Object> packed = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Object type = slots.get(i);
            packed.add(type);
            if (Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type)) {
                i++;
            }
        }
        return packed;
    }
}
