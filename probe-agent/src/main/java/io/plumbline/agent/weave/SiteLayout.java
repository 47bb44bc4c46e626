package io.plumbline.agent.weave;

import io.plumbline.agent.compile.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/** What a site hands over, in order. A changed probe can use any of it without the class being woven again. */
record SiteLayout(List<Variable> variables) {
    /** Variables beyond are left out, innermost scopes last; keeps the call under 300 bytes and its arguments under the JVM's 255. */
    static final int MAX_VARIABLES = 100;

    SiteLayout {
        variables = List.copyOf(variables);
    }

    /** With what lies on the stack in front, and one more behind. */
    SiteLayout with(Optional<Variable> top, Optional<Variable> last) {
        List<Variable> all = new ArrayList<>();
        top.ifPresent(all::add);
        all.addAll(variables);
        last.ifPresent(all::add);
        return new SiteLayout(all);
    }

    /** The descriptor of the call. */
    String descriptor() {
        return variables.stream().map(Variable::handedOverAs).collect(Collectors.joining("", "(", ")V"));
    }

    /** Operand stack slots of the arguments. */
    int argumentSlots() {
        return variables.stream()
                .mapToInt(variable -> Type.getType(variable.descriptor()).getSize())
                .sum();
    }

    /** The variable of a name; the innermost where one hides another. */
    Optional<Variable> variable(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .reduce((outer, inner) -> inner);
    }

    /** The variables as the code of a hit finds them among the call's arguments. */
    List<Scope.Binding> bindings() {
        return variables.stream()
                .map(variable -> new Scope.Binding(variable.name(), argumentSlot(variable), variable.descriptor()))
                .toList();
    }

    /** The slot of a variable among the call's arguments. */
    int argumentSlot(Variable wanted) {
        int slot = 0;
        for (Variable variable : variables) {
            if (variable.equals(wanted)) {
                return slot;
            }
            slot += Type.getType(variable.descriptor()).getSize();
        }
        throw new IllegalArgumentException("not of this layout: " + wanted);
    }
}
