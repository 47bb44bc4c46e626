package io.plumbline.config.expression;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens by the lexical rules of Java (JLS §3), without comments and text blocks. */
final class Lexer {
    /** Longest first, so that {@code >>>} is not read as three. */
    private static final List<String> SYMBOLS = List.of(
            ">>>", "++", "--", "->", "::", "||", "&&", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/=", "(",
            ")", "[", "]", "{", "}", ".", ",", "?", ":", ";", "+", "-", "*", "/", "%", "!", "~", "<", ">", "=", "|",
            "^", "&", "@");

    private final String text;
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    /** All tokens, with END as the last. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        skipSpace();
        while (at < text.length()) {
            tokens.add(next());
            skipSpace();
        }
        tokens.add(new Token(Token.Kind.END, "", null, text.length()));
        return tokens;
    }

    private Token next() {
        char c = text.charAt(at);
        if (Character.isDigit(c) || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
            return new NumberLexer(text, at).read(this::moveTo);
        }
        if (c == '"' || c == '\'') {
            return quoted(c);
        }
        if (c == '$' && at + 1 < text.length() && Character.isJavaIdentifierStart(text.charAt(at + 1))) {
            int start = at++;
            return new Token(Token.Kind.SPECIAL, text.substring(start, endOfName()), null, start);
        }
        return Character.isJavaIdentifierStart(c) ? word() : symbol();
    }

    private Token word() {
        int start = at;
        String word = text.substring(start, endOfName());
        return switch (word) {
            case "true" -> new Token(Token.Kind.LITERAL, word, true, start);
            case "false" -> new Token(Token.Kind.LITERAL, word, false, start);
            case "null" -> new Token(Token.Kind.LITERAL, word, null, start);
            default -> new Token(Token.Kind.NAME, word, null, start);
        };
    }

    private int endOfName() {
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private Token symbol() {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                int start = at;
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, null, start);
            }
        }
        throw error(at, "unexpected character '" + text.charAt(at) + "'");
    }

    private Token quoted(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            value.append(character());
        }
        if (at >= text.length()) {
            throw error(start, "the closing " + quote + " is missing");
        }
        at++;
        String written = text.substring(start, at);
        if (quote == '"') {
            return new Token(Token.Kind.LITERAL, written, value.toString(), start);
        }
        if (value.length() != 1) {
            throw error(start, "single quotes hold one character; write a text in double quotes: \"" + value + "\"");
        }
        return new Token(Token.Kind.LITERAL, written, value.charAt(0), start);
    }

    private char character() {
        char c = text.charAt(at++);
        if (c != '\\') {
            return c;
        }
        if (at >= text.length()) {
            throw error(at - 1, "'\\' stands at the end");
        }
        char escaped = text.charAt(at++);
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '0' -> '\0';
            case '"', '\'', '\\' -> escaped;
            case 'u' -> unicode();
            default ->
                throw error(
                        at - 2,
                        "unknown escape '\\" + escaped + "'; known are \\n \\t \\r \\b \\f \\0 \\\" \\' \\\\ \\uXXXX");
        };
    }

    private char unicode() {
        try {
            char value = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return value;
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw error(at - 2, "\\u needs four hexadecimal digits");
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void moveTo(int end) {
        at = end;
    }

    private ExpressionException error(int where, String problem) {
        return new ExpressionException(text, where, problem);
    }
}
