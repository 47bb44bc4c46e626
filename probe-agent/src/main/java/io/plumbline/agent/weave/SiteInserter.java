package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Puts one bare, stack-neutral call in front of an instruction: loads of locals and a {@link SiteCall} that returns void. Labels, line and frame of the instruction stay in front of the call, so that every edge that led to the
 * instruction leads over the call. At a mixed site the edges that are no arrivals are led around it:
 *
 * <pre>
 *     goto R          ; only where falling through stays within the line
 * A:  frame f         ; the old labels: jumps that arrive
 *     loads, call
 * R:  frame f         ; jumps that stay within the line
 *     instruction
 * </pre>
 */
final class SiteInserter {
    private final MethodNode method;
    private final MethodModel model;
    private final SiteCall siteCall;

    SiteInserter(MethodNode method, MethodModel model, SiteCall siteCall) {
        this.method = method;
        this.model = model;
        this.siteCall = siteCall;
    }

    void insert(SiteFinder.Site site, SiteLayout layout, int siteId) {
        AbstractInsnNode instruction = model.instruction(site.instruction());
        List<AbstractInsnNode> head = head(instruction);
        InsnList call = call(layout, siteId);
        if (site.isMixed()) {
            lead(site, head, instruction, call);
        }
        if (instruction.getOpcode() == Opcodes.NEW) {
            moveUninitialized(head, call);
        }
        method.instructions.insertBefore(instruction, call);
        int height = model.frame(site.instruction()).height();
        method.maxStack = Math.max(method.maxStack, height + layout.argumentSlots());
    }

    /** In front of everything, so that no jump leads over it. */
    void insertAtEntry(SiteLayout layout, int siteId) {
        method.instructions.insert(call(layout, siteId));
        method.maxStack = Math.max(method.maxStack, layout.argumentSlots());
    }

    /** The call alone: stack-neutral, whatever lies on the stack. */
    InsnList call(SiteLayout layout, int siteId) {
        InsnList call = new InsnList();
        for (Variable variable : layout.variables()) { // …, a1 … an
            Type type = Type.getType(variable.descriptor());
            call.add(
                    variable.slot() == Variable.TOP
                            ? new InsnNode(type.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP)
                            : new VarInsnNode(type.getOpcode(Opcodes.ILOAD), variable.slot()));
        }
        call.add(siteCall.to(siteId, layout)); // …
        return call;
    }

    /** Labels, lines and frames between the instruction before and this one, in order. */
    private static List<AbstractInsnNode> head(AbstractInsnNode instruction) {
        List<AbstractInsnNode> head = new ArrayList<>();
        AbstractInsnNode node = instruction.getPrevious();
        while (node != null && node.getOpcode() < 0) {
            head.add(node);
            node = node.getPrevious();
        }
        Collections.reverse(head);
        return head;
    }

    private void lead(SiteFinder.Site site, List<AbstractInsnNode> head, AbstractInsnNode instruction, InsnList call) {
        Set<LabelNode> old = labels(head);
        LabelNode around = new LabelNode();
        for (int from : site.jumpsStay()) {
            retarget(model.instruction(from), old, around);
        }
        if (!site.fallingArrives()) {
            goAround(head.get(0), old, around);
        }
        call.add(around);
        if (hasFrames(method)) {
            call.add(frameOf(head, instruction));
        }
    }

    /** The jump stands outside of the try blocks that end here: what follows the block must not be covered by it. */
    private void goAround(AbstractInsnNode first, Set<LabelNode> old, LabelNode around) {
        LabelNode end = new LabelNode();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (old.contains(block.end)) {
                block.end = end;
            }
        }
        method.instructions.insertBefore(first, end);
        method.instructions.insertBefore(first, new JumpInsnNode(Opcodes.GOTO, around));
    }

    /** Whether a method has stack maps; one without branches needs none, and class files before Java 7 need not have them. */
    static boolean hasFrames(MethodNode method) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FrameNode) {
                return true;
            }
        }
        return false;
    }

    private static FrameNode frameOf(List<AbstractInsnNode> head, AbstractInsnNode instruction) {
        for (AbstractInsnNode node : head) {
            if (node instanceof FrameNode frame) {
                return new FrameNode(
                        Opcodes.F_NEW,
                        frame.local.size(),
                        frame.local.toArray(),
                        frame.stack.size(),
                        frame.stack.toArray());
            }
        }
        throw new IllegalStateException("a jump leads to an instruction without a frame: " + instruction.getOpcode());
    }

    private static Set<LabelNode> labels(List<AbstractInsnNode> head) {
        Set<LabelNode> labels = new HashSet<>();
        for (AbstractInsnNode node : head) {
            if (node instanceof LabelNode label) {
                labels.add(label);
            }
        }
        return labels;
    }

    private static void retarget(AbstractInsnNode from, Set<LabelNode> old, LabelNode to) {
        if (from instanceof JumpInsnNode jump && old.contains(jump.label)) {
            jump.label = to;
        } else if (from instanceof TableSwitchInsnNode table) {
            table.labels.replaceAll(label -> old.contains(label) ? to : label);
            table.dflt = old.contains(table.dflt) ? to : table.dflt;
        } else if (from instanceof LookupSwitchInsnNode lookup) {
            lookup.labels.replaceAll(label -> old.contains(label) ? to : label);
            lookup.dflt = old.contains(lookup.dflt) ? to : lookup.dflt;
        }
    }

    /**
     * Frames name an uninitialised object by the label of its {@code new}; the labels in front now name the call, so
     * those frames are given a label of their own behind it.
     */
    private void moveUninitialized(List<AbstractInsnNode> head, InsnList call) {
        Set<LabelNode> old = labels(head);
        LabelNode allocation = new LabelNode();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof FrameNode frame) {
                if (frame.local != null) {
                    frame.local = replaced(frame.local, old, allocation);
                }
                frame.stack = replaced(frame.stack, old, allocation);
            }
        }
        call.add(allocation);
    }

    private static List<Object> replaced(List<Object> types, Set<LabelNode> old, LabelNode to) {
        List<Object> result = new ArrayList<>(types);
        result.replaceAll(type -> type instanceof LabelNode label && old.contains(label) ? to : type);
        return result;
    }
}
