package signal

// modelRules are the lines of a model from which a schema is made.
func modelRules() []rule {
	return []rule{
		writtenIn(either("a field of a Django model", `^\w+\s*=\s*models\.\w*(?:Field|ForeignKey|OneToOneField|ManyToManyField)\(|^(?:unique_together|index_together|db_table)\s*=|\bmodels\.(?:Index|UniqueConstraint|CheckConstraint)\(`, "models", "unique", "together", "db"), ".py"),
		writtenIn(either("a column of a Python model", `^\w+\s*(?::\s*Mapped\[.*)?=\s*(?:db\.|sa\.|sqlalchemy\.)?(?:Column|mapped_column|relationship)\(|^\w+\s*:\s*Mapped\[|^__tablename__\s*=|^sa\.Column\(|\b(?:UniqueConstraint|CheckConstraint|ForeignKeyConstraint|PrimaryKeyConstraint)\(|^Index\(["']`,
			"column", "mapped", "tablename", "constraint", "index"), ".py"),
		either("an entity or a column", `^@(?:Entity|Table|Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|JoinColumn|JoinTable|OneToMany|ManyToOne|ManyToMany|OneToOne|Id|Index|Indexes|Unique|PrimaryKey|Property|Enumerated|Embedded|MappedSuperclass|Document|ElementCollection|Enum|ForeignKey|DeletedAt|BelongsTo|HasMany)\b\s*(?:\(|$)|^\[(?:Table|Column|Key|Index|ForeignKey|MaxLength)\(`,
			"entity", "table", "column", "id", "many", "one", "unique", "property", "enumerated", "index", "indexes", "document", "enum", "key", "belongs", "superclass", "embedded", "collection", "deleted", "length"),
		writtenIn(either("a table in TypeScript", `\b(?:pgTable|mysqlTable|sqliteTable|pgEnum|mysqlEnum|uniqueIndex|defineTable|defineEntity)\(|\bmodel\.define\(|\bmodel\.(?:text|number|boolean|dateTime|json|enum|id|bigNumber|hasMany|belongsTo|hasOne|manyToMany|array|searchable)\(|\bsequelize\.define\(|\bDataTypes\.[A-Z]+|\.references\(\(\)\s*=>`,
			"pg", "mysql", "sqlite", "unique", "model", "sequelize", "references", "define", "data"), ".js", ".ts", ".mjs", ".cjs", ".tsx"),
		{files: []string{".prisma", ".dbml"}, match: unlessKept(prismaLine)},
		writtenIn(either("tags of a stored field", "`.*\\b(?:gorm|db|bun|xorm|pg|bson|dynamodbav|firestore|ch|reindex|sql):\"[^\"-]", "gorm", "db", "bun", "xorm", "pg", "bson", "dynamodbav", "firestore", "ch", "sql"), ".go"),
		writtenIn(either("a table of Rust, Kotlin or Elixir", `\bdiesel::table!|^(?:diesel::)?table!\s*[{(]|^\w+\s*->\s*(?:Nullable<)?(?:Int\d|Integer|BigInt|Text|Varchar|Bool|Timestamp\w*|Uuid|Jsonb?|Numeric)\b|#\[(?:diesel|sea_orm)\(|\bobject\s+\w+\s*:\s*(?:\w*IdTable|Table)\(|^schema\s+"\w+"\s+do|^field\s+:\w+,|^val\s+\w+\s*=\s*(?:varchar|integer|long|text|bool|reference|uuid|datetime)\("`,
			"table", "diesel", "int", "int4", "int8", "integer", "text", "varchar", "bool", "timestamp", "timestamptz", "uuid", "json", "jsonb", "numeric", "nullable", "sea", "schema", "field", "val", "big"), ".rs", ".kt", ".ex", ".exs"),
	}
}

var prismaExpr = probing(`^(?:model|enum|type|view|Table|Enum|Ref)\s+\w|^\w+\s+[A-Za-z]\w*(?:\[\]|\?)?(?:\s+[@\[].*)?$|^@@\w+|^[A-Z_0-9]+$`)

func prismaLine(l line, _ block) string {
	if !l.comment() && prismaExpr.in(l) {
		return "a line of the data model"
	}
	return ""
}

// searchRules are about stores without tables.
func searchRules() []rule {
	return []rule{
		either("a schema of documents", `\bnew\s+(?:mongoose\.)?Schema\(|\bmongoose\.(?:model|Schema)\b|\bSchema\.Types\.|\b\w*[sS]chema\.index\(|\.(?:createIndex|dropIndex|ensureIndex|createCollection|dropDatabase|dropCollection)\(|\bdb\.\w+\.drop\(`,
			"schema", "mongoose", "index", "collection", "database", "drop"),
		either("keys or mappings of a store", `\b(?:AttributeDefinitions|KeySchema|GlobalSecondaryIndexes|LocalSecondaryIndexes)\b|\b(?:hash_key|range_key|global_secondary_index)\b|^"mappings"\s*:|\bput_?mapping\b|^"dynamic"\s*:|\bdrop_?database\b`,
			"attribute", "key", "secondary", "mappings", "mapping", "dynamic", "database"),
	}
}
