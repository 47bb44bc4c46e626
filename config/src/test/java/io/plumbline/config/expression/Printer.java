package io.plumbline.config.expression;

import io.plumbline.config.expression.Expression.Binary;
import io.plumbline.config.expression.Expression.Call;
import io.plumbline.config.expression.Expression.Cast;
import io.plumbline.config.expression.Expression.Conditional;
import io.plumbline.config.expression.Expression.Element;
import io.plumbline.config.expression.Expression.InstanceOf;
import io.plumbline.config.expression.Expression.Literal;
import io.plumbline.config.expression.Expression.Member;
import io.plumbline.config.expression.Expression.Name;
import io.plumbline.config.expression.Expression.Special;
import io.plumbline.config.expression.Expression.Unary;
import java.util.stream.Collectors;

/** Shows what was parsed, with parentheses around everything that has parts. */
final class Printer {

    private Printer() {}

    static String print(Expression expression) {
        if (expression instanceof Literal literal) {
            return literal(literal.value());
        }
        if (expression instanceof Name name) {
            return name.name();
        }
        if (expression instanceof Special special) {
            return "$" + special.name();
        }
        if (expression instanceof Member member) {
            return print(member.target()) + "." + member.name();
        }
        if (expression instanceof Element element) {
            return print(element.target()) + "[" + print(element.index()) + "]";
        }
        if (expression instanceof Call call) {
            return print(call.target()) + "." + call.name() + "("
                    + call.arguments().stream().map(Printer::print).collect(Collectors.joining(", ")) + ")";
        }
        return "(" + operator(expression) + ")";
    }

    private static String operator(Expression expression) {
        if (expression instanceof Unary unary) {
            return unary.operator().symbol() + print(unary.operand());
        }
        if (expression instanceof Binary binary) {
            return print(binary.left()) + " " + binary.operator().symbol() + " " + print(binary.right());
        }
        if (expression instanceof InstanceOf test) {
            return print(test.operand()) + " instanceof " + test.type();
        }
        if (expression instanceof Cast cast) {
            return "(" + cast.type() + ") " + print(cast.operand());
        }
        Conditional choice = (Conditional) expression;
        return print(choice.condition()) + " ? " + print(choice.whenTrue()) + " : " + print(choice.whenFalse());
    }

    private static String literal(Object value) {
        if (value instanceof String text) {
            return '"' + escaped(text) + '"';
        }
        if (value instanceof Character c) {
            return "'" + escaped(c.toString()) + "'";
        }
        if (value instanceof Long number) {
            return number + "L";
        }
        return value instanceof Float number ? number + "f" : String.valueOf(value);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\'', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                default -> escaped.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return escaped.toString();
    }
}
