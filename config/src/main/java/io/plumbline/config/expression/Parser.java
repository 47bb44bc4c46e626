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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A precedence-climbing parser of Java's expression grammar (JLS §15), less everything that has an effect. */
final class Parser {
    static final int MAX_LENGTH = 2_048;
    private static final int MAX_DEPTH = 64;

    private static final Map<String, String> REFUSED_SYMBOLS = Map.of(
            "=", "'=' would assign, and expressions change nothing; '==' compares",
            "+=", "assignments are not taken: expressions change nothing",
            "-=", "assignments are not taken: expressions change nothing",
            "*=", "assignments are not taken: expressions change nothing",
            "/=", "assignments are not taken: expressions change nothing",
            "++", "'++' would change a variable, and expressions change nothing",
            "--", "'--' would change a variable, and expressions change nothing",
            "->", "lambdas are not taken",
            "::", "method references are not taken",
            ";", "one expression only, without ';'");
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "short", "char", "int", "long", "float", "double");
    private static final Map<String, UnaryOperator> UNARY = Map.of(
            "+", UnaryOperator.PLUS,
            "-", UnaryOperator.MINUS,
            "!", UnaryOperator.NOT,
            "~", UnaryOperator.COMPLEMENT);

    private final String text;
    private final List<Token> tokens;
    private int position;
    private int depth;

    Parser(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(
                    text.substring(0, 40) + "…", 0, "longer than " + MAX_LENGTH + " characters: " + text.length());
        }
        this.text = text;
        this.tokens = new Lexer(text).tokens();
    }

    /** The whole text as one expression. */
    Expression parse() {
        if (peek().kind() == Token.Kind.END) {
            throw error(peek(), "an expression is missing");
        }
        Expression expression = conditional();
        if (peek().kind() != Token.Kind.END) {
            throw unexpected(peek());
        }
        return expression;
    }

    private Expression conditional() {
        if (++depth > MAX_DEPTH) {
            throw error(peek(), "nested deeper than " + MAX_DEPTH + " levels");
        }
        Expression condition = binary(1);
        if (peek().is("?")) {
            int at = take().at();
            Expression whenTrue = conditional();
            expect(":");
            condition = new Conditional(condition, whenTrue, conditional(), at);
        }
        depth--;
        return condition;
    }

    private Expression binary(int minPrecedence) {
        Expression left = unary();
        while (true) {
            Token token = peek();
            if (token.isName("instanceof") && minPrecedence <= BinaryOperator.INSTANCEOF_PRECEDENCE) {
                take();
                left = new InstanceOf(left, typeName(), token.at());
                continue;
            }
            BinaryOperator operator = token.kind() == Token.Kind.SYMBOL ? BinaryOperator.of(token.text()) : null;
            if (operator == null || operator.precedence() < minPrecedence) {
                return left;
            }
            take();
            left = new Binary(operator, left, binary(operator.precedence() + 1), token.at());
        }
    }

    private Expression unary() {
        Token token = peek();
        UnaryOperator operator = token.kind() == Token.Kind.SYMBOL ? UNARY.get(token.text()) : null;
        if (operator != null) {
            take();
            if (operator == UnaryOperator.MINUS && peek().value() instanceof NumberLexer.Least least) {
                take();
                return new Literal(least.negated, token.at());
            }
            return new Unary(operator, nested(), token.at());
        }
        return token.is("(") && isCast() ? cast() : postfix(primary());
    }

    private Expression nested() {
        if (++depth > MAX_DEPTH) {
            throw error(peek(), "nested deeper than " + MAX_DEPTH + " levels");
        }
        Expression operand = unary();
        depth--;
        return operand;
    }

    /** {@code (Name) x}: as in Java, a parenthesised name in front of something that can't continue an expression. */
    private boolean isCast() {
        int i = position + 1;
        if (tokens.get(i).kind() != Token.Kind.NAME) {
            return false;
        }
        boolean primitive = PRIMITIVES.contains(tokens.get(i).text());
        while (tokens.get(i).kind() == Token.Kind.NAME && tokens.get(i + 1).is(".")) {
            i += 2;
        }
        if (tokens.get(i).kind() != Token.Kind.NAME) {
            return false;
        }
        i++;
        while (tokens.get(i).is("[") && tokens.get(i + 1).is("]")) {
            i += 2;
        }
        return tokens.get(i).is(")") && (primitive || startsOperand(tokens.get(i + 1)));
    }

    private static boolean startsOperand(Token token) {
        return switch (token.kind()) {
            case LITERAL, SPECIAL -> true;
            case NAME -> !token.text().equals("instanceof");
            case SYMBOL -> token.is("(") || token.is("!") || token.is("~");
            case END -> false;
        };
    }

    private Expression cast() {
        int at = take().at();
        String type = typeName();
        expect(")");
        return new Cast(type, nested(), at);
    }

    private String typeName() {
        StringBuilder name = new StringBuilder(expectName("a type").text());
        while (peek().is(".")) {
            take();
            name.append('.').append(expectName("a type").text());
        }
        while (peek().is("[")) {
            take();
            expect("]");
            name.append("[]");
        }
        if (peek().is("<")
                && PRIMITIVES.stream().noneMatch(name.toString()::equals)
                && tokens.get(position + 1).kind() == Token.Kind.NAME
                && tokens.get(position + 2).is(">")) {
            throw error(peek(), "type arguments are gone at run time; write the bare type " + name);
        }
        return name.toString();
    }

    private Expression postfix(Expression start) {
        Expression expression = start;
        while (true) {
            Token token = peek();
            if (token.is(".")) {
                take();
                Token name = expectName("a field or method");
                expression = peek().is("(")
                        ? new Call(expression, name.text(), arguments(), name.at())
                        : new Member(expression, name.text(), name.at());
            } else if (token.is("[")) {
                take();
                Expression index = conditional();
                expect("]");
                expression = new Element(expression, index, token.at());
            } else {
                return expression;
            }
        }
    }

    private List<Expression> arguments() {
        expect("(");
        List<Expression> arguments = new ArrayList<>();
        if (!peek().is(")")) {
            arguments.add(conditional());
            while (peek().is(",")) {
                take();
                arguments.add(conditional());
            }
        }
        expect(")");
        return arguments;
    }

    private Expression primary() {
        Token token = take();
        return switch (token.kind()) {
            case LITERAL -> literal(token);
            case SPECIAL -> new Special(token.text().substring(1), token.at());
            case NAME -> name(token);
            case SYMBOL -> parenthesised(token);
            case END -> throw error(token, "the expression ends too early");
        };
    }

    private Expression literal(Token token) {
        if (token.value() instanceof NumberLexer.Least) {
            throw error(token, NumberLexer.TOO_LARGE);
        }
        return new Literal(token.value(), token.at());
    }

    private Expression name(Token token) {
        if (token.text().equals("new")) {
            throw error(token, "'new' is not taken: expressions create no objects");
        }
        if (peek().is("(")) {
            // an unqualified call means a method of this
            return new Call(new Name("this", token.at()), token.text(), arguments(), token.at());
        }
        return new Name(token.text(), token.at());
    }

    private Expression parenthesised(Token token) {
        if (!token.is("(")) {
            throw unexpected(token);
        }
        Expression inner = conditional();
        expect(")");
        return inner;
    }

    private Token peek() {
        return tokens.get(position);
    }

    private Token take() {
        Token token = tokens.get(position);
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    private void expect(String symbol) {
        Token token = take();
        if (!token.is(symbol)) {
            throw REFUSED_SYMBOLS.containsKey(token.text())
                    ? unexpected(token)
                    : error(token, "expected '" + symbol + "', found " + token.shown());
        }
    }

    private Token expectName(String what) {
        Token token = take();
        if (token.kind() != Token.Kind.NAME) {
            throw error(token, "expected the name of " + what + ", found " + token.shown());
        }
        return token;
    }

    private ExpressionException unexpected(Token token) {
        String refused = token.kind() == Token.Kind.SYMBOL ? REFUSED_SYMBOLS.get(token.text()) : null;
        return error(token, refused != null ? refused : "unexpected " + token.shown());
    }

    private ExpressionException error(Token token, String problem) {
        return new ExpressionException(text, token.at(), problem);
    }
}
