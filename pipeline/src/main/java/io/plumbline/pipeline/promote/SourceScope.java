package io.plumbline.pipeline.promote;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import io.plumbline.pipeline.promote.Spotted.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/**
 * What the sources say of names at a place: declared types as they are written, and which accessor does nothing but return a field.
 * A name that is declared twice before the place is the nearer one's.
 *
 * <p>Threads: one.
 */
final class SourceScope implements Scope {
    private final SourceTree source;
    private final Place place;
    private final Function<String, Optional<SourceTree>> sources;
    private final Map<String, Optional<SourceTree>> read = new HashMap<>();

    /** @param sources a source by the simple name of the class that it is named after */
    SourceScope(SourceTree source, Place place, Function<String, Optional<SourceTree>> sources) {
        this.source = source;
        this.place = place;
        this.sources = sources;
    }

    @Override
    public Optional<String> logger() {
        return fields(Spotted.outermost(place)).stream()
                .filter(field ->
                        field.getType() != null && field.getType().toString().equals("Logger"))
                .filter(field -> source.text().contains("import org.slf4j.Logger;"))
                .map(field -> field.getName().toString())
                .findFirst();
    }

    @Override
    public Optional<String> exception() {
        return place.exception();
    }

    @Override
    public Optional<String> typeOf(String name) {
        List<VariableTree> known = new ArrayList<>();
        for (Tree tree : place.path()) {
            if (tree instanceof BlockTree block) {
                block.getStatements().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(variable -> source.start(variable)
                                < source.start(place.path().getLeaf()))
                        .forEach(known::add);
            } else if (tree instanceof MethodTree method) {
                known.addAll(method.getParameters());
            } else if (tree instanceof CatchTree caught) {
                known.add(caught.getParameter());
            } else if (tree instanceof EnhancedForLoopTree loop) {
                known.add(loop.getVariable());
            } else if (tree instanceof ClassTree type) {
                known.addAll(fields(type));
            }
        }
        return known.stream()
                .filter(variable -> variable.getName().contentEquals(name))
                .findFirst()
                .filter(variable -> variable.getType() != null) // as that of a var is
                .map(variable -> simple(variable.getType().toString()));
    }

    @Override
    public Optional<Member> member(String type, String name) {
        return read.computeIfAbsent(type, sources)
                .flatMap(tree -> declared(tree, type))
                .flatMap(declared -> fields(declared).stream()
                        .filter(field -> field.getName().contentEquals(name))
                        .map(field -> new Member(
                                simple(field.getType().toString()),
                                field.getModifiers().getFlags().contains(Modifier.PRIVATE),
                                accessor(declared, name)))
                        .findFirst());
    }

    private static Optional<ClassTree> declared(SourceTree tree, String type) {
        return tree.unit().getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(declared -> declared.getSimpleName().contentEquals(type))
                .findFirst();
    }

    private static List<VariableTree> fields(ClassTree type) {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .toList();
    }

    /** A record has one for each component, whether it is written out or not; one that is must do nothing else. */
    private static Optional<String> accessor(ClassTree type, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        boolean written = false;
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getParameters().isEmpty()) {
                String own = method.getName().toString();
                written |= own.equals(name);
                boolean named = own.equals(name) || own.equals("get" + capital) || own.equals("is" + capital);
                if (named
                        && returns(method, name)
                        && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
                    return Optional.of(own);
                }
            }
        }
        return type.getKind() == Tree.Kind.RECORD && !written ? Optional.of(name) : Optional.empty();
    }

    private static boolean returns(MethodTree method, String field) {
        return method.getBody() != null
                && method.getBody().getStatements().size() == 1
                && method.getBody().getStatements().get(0) instanceof ReturnTree returned
                && returned.getExpression() != null
                && returned.getExpression().toString().replace("this.", "").equals(field);
    }

    private static String simple(String type) {
        String bare = type.replaceAll("<.*", "");
        return bare.substring(bare.lastIndexOf('.') + 1);
    }
}
