package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which variables can be handed over in front of an instruction: those in scope by the class file's variable table whose
 * slot holds, by the verified frame, an initialised value of that kind. Before {@code super(…)} {@code this} is none.
 * Without a table, {@code this} and the parameters as {@code arg0}, {@code arg1}, ….
 */
final class Variables {
    private final String owner;
    private final MethodNode method;
    private final MethodModel model;

    Variables(String owner, MethodNode method, MethodModel model) {
        this.owner = owner;
        this.method = method;
        this.model = model;
    }

    SiteLayout at(int instruction) {
        return of(model.frame(instruction).locals(), instruction);
    }

    /**
     * Of a given view of the slots.
     *
     * @param instruction whose variables are in scope
     */
    SiteLayout of(List<Object> locals, int instruction) {
        List<Variable> variables = new ArrayList<>();
        for (Variable candidate : candidates(instruction)) {
            if (variables.size() < SiteLayout.MAX_VARIABLES && holds(locals, candidate)) {
                variables.add(candidate);
            }
        }
        return new SiteLayout(variables);
    }

    private List<Variable> candidates(int instruction) {
        if (method.localVariables == null || method.localVariables.isEmpty()) {
            return parameters();
        }
        List<Variable> candidates = new ArrayList<>();
        for (LocalVariableNode local : method.localVariables) {
            if (model.at(local.start) <= instruction && instruction < model.at(local.end)) {
                candidates.add(new Variable(local.name, local.index, local.desc));
            }
        }
        candidates.sort(Comparator.comparingInt(Variable::slot));
        return candidates;
    }

    private List<Variable> parameters() {
        List<Variable> parameters = new ArrayList<>();
        int slot = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            parameters.add(new Variable("this", slot++, "L" + owner + ";"));
        }
        int number = 0;
        for (Type type : Type.getArgumentTypes(method.desc)) {
            parameters.add(new Variable("arg" + number++, slot, type.getDescriptor()));
            slot += type.getSize();
        }
        return parameters;
    }

    /** Whether the verifier knows the slot to hold a value that the variable's descriptor allows to load. */
    private static boolean holds(List<Object> locals, Variable variable) {
        if (variable.slot() >= locals.size()) {
            return false;
        }
        Object verified = locals.get(variable.slot());
        return switch (variable.descriptor().charAt(0)) {
            case 'L', '[' -> verified instanceof String || Opcodes.NULL.equals(verified);
            case 'J' -> Opcodes.LONG.equals(verified);
            case 'F' -> Opcodes.FLOAT.equals(verified);
            case 'D' -> Opcodes.DOUBLE.equals(verified);
            default -> Opcodes.INTEGER.equals(verified);
        };
    }
}
