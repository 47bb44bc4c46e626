package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The {@code catch} blocks that a person wrote, and those that compilers add: {@code finally} and {@code synchronized}
 * catch anything and throw it on, a try with resources catches Throwable to close what it opened.
 */
final class CatchBlocks {
    private final MethodNode method;
    private final MethodModel model;

    /** First instruction of each handler to whether it catches what was named in the source. */
    private final Map<Integer, Boolean> written = new LinkedHashMap<>();

    CatchBlocks(MethodNode method, MethodModel model) {
        this.method = method;
        this.model = model;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            int handler = model.at(block.handler);
            if (handler < model.size() && model.frame(handler) != null) {
                boolean isWritten = block.type != null && !closesResource(block, handler);
                written.merge(handler, isWritten, Boolean::logicalOr);
            }
        }
    }

    /**
     * The first instructions of the blocks, in the order of the bytecode. A handler that plain jumps lead to as well is
     * none, for its stack need not hold what was thrown just now.
     */
    List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        for (Map.Entry<Integer, Boolean> handler : written.entrySet()) {
            int i = handler.getKey();
            boolean thrownOnly = model.predecessors(i).isEmpty();
            if (handler.getValue() && thrownOnly && model.frame(i).height() == 1) {
                starts.add(i);
            }
        }
        starts.sort(null);
        return starts;
    }

    /** What an instruction in a block calls the exception by: the variable of the innermost block that it is in. */
    Optional<Variable> exceptionAt(int instruction) {
        if (written.containsKey(instruction)
                && model.frame(instruction).height() == 1
                && model.predecessors(instruction).isEmpty()) {
            return Optional.of(Variable.exceptionOnTop());
        }
        LocalVariableNode innermost = null;
        for (LocalVariableNode local : locals()) {
            boolean isInScope = model.at(local.start) <= instruction && instruction < model.at(local.end);
            if (isInScope
                    && isCaught(local)
                    && (innermost == null || model.at(local.start) > model.at(innermost.start))) {
                innermost = local;
            }
        }
        return Optional.ofNullable(innermost).map(local -> Variable.exceptionIn(local.index));
    }

    /** Whether a compiler put the {@code throw} there, to go on with what its own handler caught. */
    boolean isRethrow(int instruction) {
        if (instruction == 0
                || !(model.instruction(instruction - 1) instanceof VarInsnNode load)
                || load.getOpcode() != Opcodes.ALOAD) {
            return false;
        }
        return written.entrySet().stream()
                .anyMatch(handler -> !handler.getValue() && storesInto(handler.getKey(), load.var));
    }

    private List<LocalVariableNode> locals() {
        return method.localVariables == null ? List.of() : method.localVariables;
    }

    /** Whether a handler's first instruction put the exception into the variable. */
    private boolean isCaught(LocalVariableNode local) {
        int start = model.at(local.start);
        return start > 0 && Boolean.TRUE.equals(written.get(start - 1)) && storesInto(start - 1, local.index);
    }

    private boolean storesInto(int handler, int slot) {
        return model.instruction(handler) instanceof VarInsnNode store
                && store.getOpcode() == Opcodes.ASTORE
                && store.var == slot;
    }

    /**
     * Whether a handler is that of a try with resources: nameless, and it closes something or adds a suppressed exception
     * before it throws on.
     */
    private boolean closesResource(TryCatchBlockNode block, int handler) {
        if (!block.type.equals("java/lang/Throwable")
                || !(model.instruction(handler) instanceof VarInsnNode store)
                || locals().stream()
                        .anyMatch(local -> local.index == store.var && model.at(local.start) == handler + 1)) {
            return false;
        }
        boolean closes = false;
        for (int i = handler + 1; i < model.size(); i++) {
            AbstractInsnNode node = model.instruction(i);
            if (node instanceof MethodInsnNode call) {
                boolean known = call.name.equals("close")
                        || call.name.equals("addSuppressed")
                        || call.name.equals("$closeResource");
                if (!known) {
                    return false;
                }
                closes = true;
            } else if (node.getOpcode() == Opcodes.ATHROW) {
                return closes;
            }
        }
        return false;
    }
}
