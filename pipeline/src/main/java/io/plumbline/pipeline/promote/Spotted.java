package io.plumbline.pipeline.promote;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the place of a probe in a source: before which statement, or at which block's beginning, a permanent line stands.
 *
 * <p>Threads: one.
 */
final class Spotted extends TreePathScanner<Void, Void> {
    private static final Set<Tree.Kind> LOOPS =
            Set.of(Tree.Kind.FOR_LOOP, Tree.Kind.ENHANCED_FOR_LOOP, Tree.Kind.WHILE_LOOP, Tree.Kind.DO_WHILE_LOOP);

    private final SourceTree source;
    private final Location location;
    private final List<Place> found = new ArrayList<>();

    /**
     * A place for a line.
     *
     * @param path of the statement or block
     * @param inside whether the line stands at the beginning of the block, not before the statement
     * @param exception what {@code $exception} is called there
     * @param remark where a hit of the probe and a run of the line may differ; empty else
     */
    record Place(TreePath path, boolean inside, Optional<String> exception, String remark) {}

    private Spotted(SourceTree source, Location location) {
        this.source = source;
        this.location = location;
    }

    /** @throws IllegalStateException where the line can't be placed, with why */
    static Place find(SourceTree source, Location location) {
        Spotted spotted = new Spotted(source, location);
        spotted.scan(source.unit(), null);
        List<Place> places = spotted.found;
        if (places.size() != 1) {
            throw new IllegalStateException(
                    places.isEmpty()
                            ? spotted.nothing()
                            : "there are " + places.size() + " places for " + location
                                    + " in the source; set the line by hand");
        }
        return places.get(0);
    }

    private String nothing() {
        if (location.spot() instanceof Spot.Exit || location.spot() instanceof Spot.Escape) {
            return "a line at a method's " + location.spot()
                    + " can't be placed: what is returned or thrown, and every way out, is for a person to decide";
        }
        return "no statement begins at " + location
                + " in the source; it may be the middle of one, the head of a class or"
                + " method, or a statement without braces around it; set the line by hand";
    }

    @Override
    public Void visitBlock(BlockTree block, Void none) {
        statements(block.getStatements());
        return super.visitBlock(block, none);
    }

    @Override
    public Void visitCase(CaseTree tree, Void none) {
        if (tree.getStatements() != null) {
            statements(tree.getStatements());
        }
        return super.visitCase(tree, none);
    }

    private void statements(List<? extends StatementTree> statements) {
        if (!(location.spot() instanceof Spot.Line line) || !isInMethod()) {
            return;
        }
        statements.stream()
                .filter(statement -> source.line(source.start(statement)) == line.number())
                .filter(statement -> !isConstructorCall(statement))
                .findFirst()
                .ifPresent(statement -> add(statement, remark(statement)));
    }

    /** A method whose name the compiler made, such as a lambda's, is not looked for. */
    private boolean isInMethod() {
        if (location.method().isEmpty()) {
            return true;
        }
        String wanted = location.method().get().name();
        for (Tree tree : getCurrentPath()) {
            if (tree instanceof LambdaExpressionTree) {
                return wanted.startsWith("lambda$");
            }
            if (tree instanceof MethodTree method) {
                return isWanted(method);
            }
        }
        return false;
    }

    private boolean isWanted(MethodTree method) {
        var wanted = location.method().orElse(null);
        return wanted == null
                || method.getName().contentEquals(wanted.name())
                        && wanted.parameters()
                                .map(types ->
                                        types.size() == method.getParameters().size())
                                .orElse(true);
    }

    private static boolean isConstructorCall(StatementTree statement) {
        return statement instanceof ExpressionStatementTree expression
                && expression.getExpression() instanceof MethodInvocationTree call
                && call.getMethodSelect() instanceof IdentifierTree name
                && (name.getName().contentEquals("this") || name.getName().contentEquals("super"));
    }

    private String remark(StatementTree statement) {
        if (LOOPS.contains(statement.getKind())) {
            return "the probe is hit at every round of the loop; here the line runs once before it";
        }
        String firstLine = source.text()
                .substring(source.start(statement), source.end(statement))
                .lines()
                .findFirst()
                .orElse("");
        return firstLine.contains("->") ? "the probe is also hit when a lambda of this line runs" : "";
    }

    private void add(Tree tree, String remark) {
        found.add(new Place(new TreePath(getCurrentPath(), tree), false, Optional.empty(), remark));
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
        if (location.spot() instanceof Spot.Entry && isWanted(method) && method.getBody() != null) {
            boolean early = method.getBody().getStatements().stream()
                    .findFirst()
                    .filter(Spotted::isConstructorCall)
                    .isPresent();
            if (!early) {
                found.add(new Place(new TreePath(getCurrentPath(), method.getBody()), true, Optional.empty(), ""));
            }
        }
        return super.visitMethod(method, none);
    }

    @Override
    public Void visitCatch(CatchTree tree, Void none) {
        if (location.spot() instanceof Spot.Catch wanted && isInMethod() && isOf(tree, wanted)) {
            TreePath path = new TreePath(getCurrentPath(), tree.getBlock());
            found.add(new Place(
                    path, true, Optional.of(tree.getParameter().getName().toString()), ""));
        }
        return super.visitCatch(tree, none);
    }

    private static boolean isOf(CatchTree tree, Spot.Catch wanted) {
        String type = tree.getParameter().getType().toString();
        return wanted.exception()
                .map(name -> type.equals(name.substring(name.lastIndexOf('.') + 1)) || type.equals(name))
                .orElse(true);
    }

    @Override
    public Void visitThrow(ThrowTree tree, Void none) {
        boolean inBlock = getCurrentPath().getParentPath().getLeaf() instanceof BlockTree;
        if (location.spot() instanceof Spot.Throw wanted && wanted.exception().isEmpty() && isInMethod() && inBlock) {
            Optional<String> name = tree.getExpression() instanceof IdentifierTree thrown
                    ? Optional.of(thrown.getName().toString())
                    : Optional.empty();
            found.add(new Place(getCurrentPath(), false, name, ""));
        }
        return super.visitThrow(tree, none);
    }

    /** The outermost class around a place, where a field always may stand. */
    static ClassTree outermost(Place place) {
        ClassTree outermost = null;
        for (Tree tree : place.path()) {
            if (tree instanceof ClassTree type) {
                outermost = type;
            }
        }
        return outermost;
    }
}
