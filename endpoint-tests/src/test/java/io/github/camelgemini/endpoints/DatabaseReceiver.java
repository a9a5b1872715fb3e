package io.github.camelgemini.endpoints;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL, with a table of pictures. */
final class DatabaseReceiver implements Receiver {

    private final EmbeddedPostgres server = EmbeddedPostgres.builder().start();

    DatabaseReceiver() throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table pictures (name text, type text, bytes bytea)");
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "camel.beans.dataSource",
                "#class:org.postgresql.ds.PGSimpleDataSource",
                "camel.beans.dataSource.url",
                server.getJdbcUrl("postgres", "postgres"));
    }

    @Override
    public Optional<Received> take() throws IOException, SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Optional<Received> received = Optional.empty();
            try (ResultSet rows = statement.executeQuery("select type, bytes from pictures")) {
                while (rows.next()) {
                    received = Optional.of(Received.of(rows.getBinaryStream("bytes"), rows.getString("type")));
                }
            }
            statement.execute("truncate pictures");
            return received;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
