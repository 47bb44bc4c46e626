package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * One method as the site finder sees it: its real instructions (no labels, lines or frames) numbered from 0, with the
 * line, the verified frame and the predecessors of each. A subroutine ({@code jsr}) is seen as a call, from which control
 * comes back behind the {@code jsr}.
 */
final class MethodModel {
    /** The line of instructions in front of the first line number. */
    static final int NO_LINE = 0;

    private final MethodNode method;
    private final List<AbstractInsnNode> instructions = new ArrayList<>();
    private final Map<AbstractInsnNode, Integer> index = new HashMap<>();
    private final Map<LabelNode, Integer> labels = new HashMap<>();
    private final SourceLines source;
    private final int[] lines;
    private final Frame[] frames;
    private final List<List<Integer>> predecessors = new ArrayList<>();
    private final List<List<Integer>> throwers = new ArrayList<>();

    /**
     * The verifier's view in front of an instruction, in the terms of ASM's AnalyzerAdapter.
     *
     * @param height of the operand stack in slots
     */
    record Frame(List<Object> locals, int height) {}

    /**
     * @param sourceOfFrames of the class
     * @param method read with expanded frames
     * @param source what the numbers of the line table stand for
     * @throws MethodRefusedException when its frames can't be told
     */
    MethodModel(Frames sourceOfFrames, MethodNode method, SourceLines source) {
        this.method = method;
        this.source = source;
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() >= 0) {
                index.put(node, instructions.size());
                instructions.add(node);
                predecessors.add(new ArrayList<>());
                throwers.add(new ArrayList<>());
            } else if (node instanceof LabelNode label) {
                labels.put(label, instructions.size());
            }
        }
        this.lines = lineOfEach();
        this.frames = frames(sourceOfFrames);
        connect();
        connectHandlers();
    }

    boolean isConstructor() {
        return method.name.equals("<init>");
    }

    int size() {
        return instructions.size();
    }

    AbstractInsnNode instruction(int i) {
        return instructions.get(i);
    }

    /** The code of the instruction's source line ({@link SourceLines}). */
    int line(int i) {
        return lines[i];
    }

    /** The codes of all source lines that the method has code at. */
    SortedSet<Integer> lines() {
        SortedSet<Integer> all = new TreeSet<>();
        for (int line : lines) {
            all.add(line);
        }
        return all;
    }

    /**
     * Stretches of instructions that Kotlin has copied in from an inline function or a lambda handed to one: the scopes of
     * the variables that its compiler marks them with.
     */
    List<Range> inlined() {
        List<Range> ranges = new ArrayList<>();
        for (LocalVariableNode local :
                method.localVariables == null ? List.<LocalVariableNode>of() : method.localVariables) {
            if (local.name.startsWith("$i$")) {
                ranges.add(new Range(at(local.start), at(local.end)));
            }
        }
        return ranges;
    }

    /**
     * Instructions in a row.
     *
     * @param end behind the last
     */
    record Range(int start, int end) {
        boolean has(int i) {
            return start <= i && i < end;
        }
    }

    /** Null where the instruction can't be reached. */
    Frame frame(int i) {
        return frames[i];
    }

    /** Instructions from which control comes by falling through or jumping. */
    List<Integer> predecessors(int i) {
        return predecessors.get(i);
    }

    /** Instructions whose exceptions end up here; empty when this is no handler. */
    List<Integer> throwers(int i) {
        return throwers.get(i);
    }

    /** The number of the first instruction behind a label; the size for one at the end. */
    int at(LabelNode label) {
        return labels.get(label);
    }

    /** Whether control can go on from an instruction to the next. */
    boolean fallsThrough(int i) {
        int opcode = instructions.get(i).getOpcode();
        boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
        return !returns
                && opcode != Opcodes.ATHROW
                && opcode != Opcodes.GOTO
                && opcode != Opcodes.RET
                && opcode != Opcodes.TABLESWITCH
                && opcode != Opcodes.LOOKUPSWITCH;
    }

    private int[] lineOfEach() {
        int[] result = new int[instructions.size()];
        int line = NO_LINE;
        int next = 0;
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LineNumberNode number) {
                line = source.code(number.line);
            } else if (node.getOpcode() >= 0) {
                result[next++] = line;
            }
        }
        return result;
    }

    private Frame[] frames(Frames source) {
        Iterator<Frame> next = source.of(method).iterator();
        Frame[] result = new Frame[instructions.size()];
        for (AbstractInsnNode node : method.instructions) {
            Frame frame = next.next();
            if (node.getOpcode() >= 0) {
                result[index.get(node)] = frame;
            }
        }
        return result;
    }

    private void connect() {
        for (int i = 0; i < instructions.size(); i++) {
            if (fallsThrough(i) && i + 1 < instructions.size()) {
                predecessors.get(i + 1).add(i);
            }
            for (LabelNode target : targets(instructions.get(i))) {
                predecessors.get(at(target)).add(i);
            }
        }
    }

    private void connectHandlers() {
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int handler = at(block.handler);
            for (int i = at(block.start); i < at(block.end) && handler < size(); i++) {
                throwers.get(handler).add(i);
            }
        }
    }

    /** The labels that an instruction may jump to. */
    static List<LabelNode> targets(AbstractInsnNode node) {
        if (node instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        if (node instanceof TableSwitchInsnNode table) {
            return withDefault(table.labels, table.dflt);
        }
        if (node instanceof LookupSwitchInsnNode lookup) {
            return withDefault(lookup.labels, lookup.dflt);
        }
        return List.of();
    }

    private static List<LabelNode> withDefault(List<LabelNode> labels, LabelNode otherwise) {
        List<LabelNode> all = new ArrayList<>(labels);
        all.add(otherwise);
        return all;
    }

    @Override
    public String toString() {
        return method.name + method.desc + " " + Arrays.toString(lines);
    }
}
