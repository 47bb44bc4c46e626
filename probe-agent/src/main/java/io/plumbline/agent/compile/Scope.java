package io.plumbline.agent.compile;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;

/**
 * What expressions at one site can name.
 *
 * @param declaring the class that the site is in
 * @param method the name of the method that the site is in
 * @param line of the site in its source file; 0 where the class doesn't tell
 * @param variables what the site hands over, in the order of the arguments
 * @param specials {@code $name} to a handle of type {@code ()Object}
 */
public record Scope(
        Class<?> declaring, String method, int line, List<Binding> variables, Map<String, MethodHandle> specials) {

    public Scope {
        variables = List.copyOf(variables);
        specials = Map.copyOf(specials);
    }

    /**
     * One variable.
     *
     * @param slot of the generated method
     * @param descriptor declared type
     */
    public record Binding(String name, int slot, String descriptor) {}

    /** The variable of a name; the innermost where one hides another; null if there is none. */
    Binding variable(String name) {
        Binding found = null;
        for (Binding binding : variables) {
            found = binding.name().equals(name) ? binding : found;
        }
        return found;
    }
}
